//! A run of a net in training as a Python function.

use super::Dialect;
use super::number::float;
use super::rules::code_of;
use super::run::Run;
use crate::labs::network::Edit;
use crate::network::{Regularisation, TrainingConfig};

/// What is known of a run.
pub struct NetRun<'a> {
    /// What it has in common with runs in the plane.
    pub run: Run<'a>,
    /// What the net is trained with.
    pub config: &'a TrainingConfig,
    /// Weights that are set by hand, each after so many updates.
    pub edits: &'a [(usize, Edit)],
    /// What the names of its risk and its gradient end in.
    pub end: &'a str,
    /// How many updates lie between two losses of the picture.
    pub every: usize,
}

impl NetRun<'_> {
    /// Whether weights must be told from biases.
    pub fn needs_mask(config: &TrainingConfig, dialect: Dialect) -> bool {
        let is_penalized = config.regularisation != Regularisation::default();
        let is_by_optimizer =
            dialect == Dialect::PyTorch && code_of(config.rule, &config.values).optimizer.is_some();
        match dialect {
            Dialect::NumPy => is_penalized || config.are_biases_frozen,
            Dialect::PyTorch => config.are_biases_frozen && !is_by_optimizer,
        }
    }

    /// The function, which returns θ at the end, and the losses on the way where they are kept.
    pub fn function(&self, dialect: Dialect) -> String {
        let mut text = self.run.head(dialect) + &self.run.dials();
        text += &self.penalties();
        let is_by_optimizer = self.run.is_by_optimizer(dialect);
        let np = dialect.module();
        let code = code_of(self.run.rule, self.run.values);
        match (&code.optimizer, is_by_optimizer) {
            (Some(optimizer), true) => {
                text += "    net = net_of(start)\n";
                text += &self.edits(0, "    ", true);
                let made = optimizer.replace("{parameters}", "net.parameters()");
                text += &format!("    optimizer = {made}\n");
            }
            _ => {
                let is_set = self.edits.iter().any(|(after, _)| *after == 0);
                let copy = if dialect == Dialect::NumPy { "start.copy()" } else { "start.clone()" };
                text += &format!("    theta = {}\n", if is_set { copy } else { "start" });
                text += &self.edits(0, "    ", false);
                for memory in code.memory {
                    text += &format!("    {memory} = {np}.zeros_like(theta)\n");
                }
            }
        }
        let data = match self.run.batch {
            Some(m) => {
                text += &format!("    batch = batches({m})\n");
                "xs[rows], ys[rows]"
            }
            None => "xs, ys",
        };
        let of_now = self.loss_of_now(dialect);
        if self.run.keeps_path {
            text += &format!("    losses = [{of_now}]\n");
        }
        text += &format!("    for t in range(1, {} + 1):\n", self.run.updates);
        if self.run.batch.is_some() {
            text += "        rows = next(batch)\n";
        }
        text += &self.update(dialect, data);
        for after in self.later_edits() {
            text += &format!("        if t == {after}:\n");
            text += &self.edits(after, "            ", is_by_optimizer);
        }
        if self.run.keeps_path && self.every == 1 {
            text += &format!("        losses.append({of_now})\n");
        } else if self.run.keeps_path {
            text += &format!(
                "        if t % {} == 0:\n            losses.append({of_now})\n",
                self.every
            );
        }
        let theta = if is_by_optimizer {
            "torch.nn.utils.parameters_to_vector(net.parameters()).detach()"
        } else {
            "theta"
        };
        let losses = if self.run.keeps_path { ", losses" } else { "" };
        text + &format!("    return {theta}{losses}")
    }

    fn penalties(&self) -> String {
        let Regularisation { l1, l2 } = self.config.regularisation;
        let mut text = String::new();
        for (name, symbol, value) in [("l1", "λ₁", l1), ("l2", "λ₂", l2)] {
            if value > 0.0 {
                let what = if name == "l1" { "λ₁ Σ |w|" } else { "λ₂/2 Σ w²" };
                text +=
                    &format!("    {name} = {}  # {symbol} of the penalty {what}\n", float(value));
            }
        }
        text
    }

    /// The lines from the gradient to the new weights.
    fn update(&self, dialect: Dialect, data: &str) -> String {
        let Self { config, end, .. } = self;
        let Regularisation { l1, l2 } = config.regularisation;
        let code = code_of(self.run.rule, self.run.values);
        let is_by_optimizer = self.run.is_by_optimizer(dialect);
        let mut text = String::new();
        if dialect == Dialect::NumPy {
            text += &format!("        g = gradient{end}(theta, {data})\n");
            if l2 > 0.0 {
                text += "        g = g + l2 * theta * is_weight\n";
            }
            if l1 > 0.0 {
                text += "        g = g + l1 * np.sign(theta) * is_weight\n";
            }
            if config.are_biases_frozen {
                text += "        g = g * is_weight  # biases are frozen\n";
            }
        } else {
            if is_by_optimizer {
                text += "        optimizer.zero_grad()\n";
            } else {
                text += "        net = net_of(theta)\n";
            }
            text += &format!("        loss = risk{end}(net, {data})\n");
            if l1 > 0.0 || l2 > 0.0 {
                let of_weight = match (l1 > 0.0, l2 > 0.0) {
                    (true, true) => "l1 * W.abs().sum() + l2 / 2 * (W**2).sum()",
                    (true, false) => "l1 * W.abs().sum()",
                    _ => "l2 / 2 * (W**2).sum()",
                };
                text += &format!(
                    "        loss = loss + sum({of_weight} for W in net.parameters() if W.ndim == 2)\n"
                );
            }
            text += "        loss.backward()\n";
            if is_by_optimizer && config.are_biases_frozen {
                text += "        for layer in net[::2]:\n            layer.bias.grad.zero_()  # biases are frozen\n";
            }
            if !is_by_optimizer {
                text +=
                    "        g = torch.cat([part.grad.flatten() for part in net.parameters()])\n";
                if config.are_biases_frozen {
                    text += "        g = g * is_weight  # biases are frozen\n";
                }
            }
        }
        if is_by_optimizer {
            return text + "        optimizer.step()\n";
        }
        for line in code.lines_in(dialect, "alpha") {
            text += &format!("        {line}\n");
        }
        text
    }

    fn loss_of_now(&self, dialect: Dialect) -> String {
        let end = self.end;
        match (dialect, self.run.is_by_optimizer(dialect)) {
            (Dialect::NumPy, _) => format!("risk{end}(theta, xs, ys)"),
            (Dialect::PyTorch, true) => format!("risk{end}(net, xs, ys).item()"),
            (Dialect::PyTorch, false) => format!("risk{end}(net_of(theta), xs, ys).item()"),
        }
    }

    /// After which updates weights are set by hand, the start aside.
    fn later_edits(&self) -> Vec<usize> {
        let mut after: Vec<usize> = self.edits.iter().map(|(after, _)| *after).collect();
        after.retain(|after| (1..=self.run.updates).contains(after));
        after.dedup();
        after
    }

    /// The lines that set weights after so many updates.
    fn edits(&self, after: usize, indent: &str, is_module: bool) -> String {
        let mut text = String::new();
        let net = &self.config.net;
        for (_, edit) in self.edits.iter().filter(|(at, _)| *at == after) {
            let value = float(edit.value);
            let name = net.name(edit.index).unwrap_or_default();
            let place = net.place(edit.index);
            text += &match place {
                Some(place) if is_module => {
                    let layer = 2 * place.layer;
                    let number = match place.input {
                        Some(input) => format!("weight.data[{}, {input}]", place.unit),
                        None => format!("bias.data[{}]", place.unit),
                    };
                    format!("{indent}net[{layer}].{number} = {value}  # {name}, set by hand\n")
                }
                _ => format!("{indent}theta[{}] = {value}  # {name}, set by hand\n", edit.index),
            };
        }
        text
    }
}
