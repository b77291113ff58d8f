//! A run as a Python function: from the start through all its updates.

use super::Dialect;
use super::number::float;
use super::rounding::{End, Kept};
use super::rules::code_of;
use crate::optimizers::Rule;
use crate::optimizers::schedule::Schedule;
use crate::training::run::Ending;

/// What is known of a run.
pub struct Run<'a> {
    /// Its name, that of the function.
    pub name: &'a str,
    /// Its rule.
    pub rule: &'static Rule,
    /// The values of the rule's dials.
    pub values: &'a [f64],
    /// How its learning rate changes.
    pub schedule: Schedule,
    /// σ of the noise on its gradient, and where that begins.
    pub noise: Option<(f64, u64)>,
    /// The batch size, where a batch is not all examples.
    pub batch: Option<usize>,
    /// What the loss is taken over besides θ: `, xs, ys`, or nothing.
    pub data: &'static str,
    /// How many updates are walked.
    pub updates: usize,
    /// Why there are not more.
    pub remark: Option<String>,
    /// Whether the path is kept, or only its end.
    pub keeps_path: bool,
}

/// Why a run is walked no farther, as a comment.
pub fn remark(kept: &Kept, steps: usize, ending: Ending) -> Option<String> {
    let last = kept.updates;
    let ended = match ending {
        Ending::Overflowed { step } => Some(format!(
            "It diverges: in Ravine the outcome of update {step} is too large for a float."
        )),
        Ending::LeftDomain { step } => Some(format!(
            "It ends early: update {step} leads to where the loss or its gradient is not a finite number."
        )),
        Ending::Singular { step } => {
            Some(format!("It ends early: for update {step} the Hessian has no inverse."))
        }
        Ending::Finished | Ending::Nowhere => None,
    };
    let why = match kept.end {
        End::Complete if last == steps => return None,
        End::Rounding => format!(
            "Rounding errors grow here until they decide where it goes, which is another way in every \
             program: it is walked and compared up to update {last}, where they are still small."
        ),
        End::Large if matches!(ending, Ending::Overflowed { .. } | Ending::Finished) => {
            format!(
                "It is walked and compared up to update {last}, as far as numbers are below 1e100."
            )
        }
        _ => format!("It is walked and compared up to update {last}."),
    };
    let of_all = ended.unwrap_or_else(|| format!("In Ravine it makes {steps} updates."));
    Some(format!("{of_all} {why}"))
}

/// α at update t, where it changes.
fn schedule_line(schedule: Schedule, np: &str) -> Option<String> {
    Some(match schedule {
        Schedule::Constant => return None,
        Schedule::Inverse { tau } => format!("alpha / (1 + (t - 1) / {})", float(tau)),
        Schedule::Root { tau } => format!("alpha / (1 + (t - 1) / {}) ** 0.5", float(tau)),
        Schedule::Step { tau, gamma } => {
            format!("alpha * {} ** ((t - 1) // {})", float(gamma), float(tau))
        }
        Schedule::Cosine { steps } => {
            format!("alpha * (1 + {np}.cos({np}.pi * (t - 1) / {})) / 2", float(steps))
        }
    })
}

/// A comment in lines of at most 92 characters, each of which begins so.
pub fn comment(text: &str, start: &str) -> String {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().expect("there is a first");
        if !line.is_empty() && line.chars().count() + word.chars().count() + start.len() > 92 {
            lines.push(word.to_owned());
        } else {
            *line += if line.is_empty() { "" } else { " " };
            *line += word;
        }
    }
    lines.iter().map(|line| format!("{start}{line}\n")).collect()
}

impl Run<'_> {
    /// Whether PyTorch has exactly its rule.
    pub fn is_by_optimizer(&self, dialect: Dialect) -> bool {
        dialect == Dialect::PyTorch && code_of(self.rule, self.values).optimizer.is_some()
    }

    /// The lines with α and the other dials, with what they are called.
    pub fn dials(&self) -> String {
        let code = code_of(self.rule, self.values);
        let label = |key: &str| {
            let index = self.rule.index(key).unwrap_or_default();
            let param = &self.rule.parameters[index];
            format!("{}, {}", param.symbol, param.label)
        };
        let alpha = ("alpha", self.values[0]);
        let line = |(key, value)| format!("    {key} = {}  # {}\n", float(value), label(key));
        [alpha].into_iter().chain(code.dials).map(line).collect()
    }

    /// The first lines: name, what it does, why it ends early.
    pub fn head(&self, dialect: Dialect) -> String {
        let code = code_of(self.rule, self.values);
        let Self { name, rule, batch, noise, remark, .. } = self;
        let with = match (batch, noise) {
            (Some(m), None) => format!(" ĝ is the mean over a batch of {m}."),
            (None, Some(_)) => " Noise is added to each ĝ.".to_owned(),
            (Some(m), Some(_)) => format!(" ĝ is the mean over a batch of {m}, with noise added."),
            (None, None) => String::new(),
        };
        let by_hand = if dialect == Dialect::PyTorch && code.optimizer.is_none() {
            " It is written out, since torch.optim has no rule that is exactly this."
        } else {
            ""
        };
        let mut head =
            format!("def {name}():\n    \"\"\"{}: {}.{with}\"\"\"\n", rule.name, code.equation);
        let remark = remark.as_deref().unwrap_or_default();
        let text = format!("{by_hand} {remark}");
        if !text.trim().is_empty() {
            head += &comment(&text, "    # ");
        }
        head
    }

    /// The name of the learning rate in an update, and the line that says what it is.
    pub fn rate(&self, dialect: Dialect) -> (&'static str, String) {
        let module = if dialect == Dialect::PyTorch { "math" } else { "np" };
        match schedule_line(self.schedule, module) {
            None => ("alpha", String::new()),
            Some(rate) if self.is_by_optimizer(dialect) => {
                ("alpha", format!("        optimizer.param_groups[0][\"lr\"] = {rate}\n"))
            }
            Some(rate) => ("alpha_t", format!("        alpha_t = {rate}\n")),
        }
    }

    /// The run in the plane as a function that returns its path, or its end.
    pub fn function(&self, dialect: Dialect) -> String {
        let code = code_of(self.rule, self.values);
        let np = dialect.module();
        let (rate, rate_line) = self.rate(dialect);
        let is_by_optimizer = self.is_by_optimizer(dialect);
        let mut text = self.head(dialect) + &self.dials();
        match (&code.optimizer, is_by_optimizer) {
            (Some(optimizer), true) => {
                text += "    theta = start.clone().requires_grad_()\n";
                text +=
                    &format!("    optimizer = {}\n", optimizer.replace("{parameters}", "[theta]"));
            }
            _ => {
                text += "    theta = start\n";
                for memory in code.memory {
                    text += &format!("    {memory} = {np}.zeros_like(theta)\n");
                }
            }
        }
        if let Some((sigma, seed)) = self.noise {
            text += &format!(
                "    sigma = {}  # σ, the standard deviation of the noise\n",
                float(sigma)
            );
            text += &format!("    noise = gaussians({seed})\n");
        }
        let data = match self.batch {
            Some(m) => {
                text += &format!("    batch = batches({m})\n");
                ", xs[rows], ys[rows]"
            }
            None => self.data,
        };
        let now = if is_by_optimizer { "theta.detach().clone()" } else { "theta" };
        if self.keeps_path {
            text += &format!("    path = [{now}]\n");
        }
        text += &format!("    for t in range(1, {} + 1):\n", self.updates);
        text += &rate_line;
        if self.batch.is_some() {
            text += "        rows = next(batch)\n";
        }
        let loss = if self.data.is_empty() { "loss" } else { "risk" };
        if is_by_optimizer {
            text += "        optimizer.zero_grad()\n";
            text += &format!("        {loss}(theta{data}).backward()\n");
            if self.noise.is_some() {
                text += "        theta.grad += sigma * next(noise)\n";
            }
            text += "        optimizer.step()\n";
        } else {
            let (gradient, hessian) = match dialect {
                Dialect::NumPy => ("gradient".to_owned(), "hessian".to_owned()),
                Dialect::PyTorch => {
                    (format!("torch.func.grad({loss})"), format!("torch.func.hessian({loss})"))
                }
            };
            text += &format!("        g = {gradient}(theta{data})\n");
            if self.noise.is_some() {
                text += "        g = g + sigma * next(noise)\n";
            }
            if code.needs_hessian {
                text += &format!("        h = {hessian}(theta{data})\n");
            }
            for line in code.lines_in(dialect, rate) {
                text += &format!("        {line}\n");
            }
        }
        if self.keeps_path {
            text += &format!("        path.append({now})\n");
        }
        let stack = if dialect == Dialect::NumPy { "np.array" } else { "torch.stack" };
        match (self.keeps_path, is_by_optimizer) {
            (true, _) => text += &format!("    return {stack}(path)"),
            (false, true) => text += "    return theta.detach()",
            (false, false) => text += "    return theta",
        }
        text
    }
}
