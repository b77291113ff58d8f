//! A net as Python: in NumPy with its backward pass written out, in PyTorch as modules.

use super::Dialect;
use crate::network::{Activation, Architecture, Output};

/// The functions of a net, each a block; for each output that runs have, with what its functions' names end
/// in. With the backward pass where the net is trained.
pub fn blocks(
    net: &Architecture,
    outputs: &[(Output, &str)],
    dialect: Dialect,
    is_trained: bool,
) -> Vec<String> {
    match dialect {
        Dialect::NumPy => numpy(net, outputs, is_trained),
        Dialect::PyTorch => torch(net, outputs),
    }
}

/// Whether powers of e may be too large, which is meant.
pub fn may_overflow(net: &Architecture, outputs: &[(Output, &str)]) -> bool {
    net.activation() == Activation::Sigmoid
        || outputs.iter().any(|(output, _)| matches!(output, Output::Logit | Output::Sigmoid(_)))
}

fn numpy(net: &Architecture, outputs: &[(Output, &str)], is_trained: bool) -> Vec<String> {
    let mut blocks = Vec::new();
    if may_overflow(net, outputs) {
        blocks.push("def sigmoid(z):\n    return 1 / (1 + np.exp(-z))".to_owned());
    }
    if outputs.iter().any(|(output, _)| matches!(output, Output::Softmax(_))) {
        blocks.push(
            "def softmax(z):\n    \
                 powers = np.exp(z - z.max(axis=1, keepdims=True))\n    \
                 return powers / powers.sum(axis=1, keepdims=True)"
                .to_owned(),
        );
    }
    let has_hidden = net.layers().len() > 1;
    if has_hidden {
        let (value, slope) = activation(net.activation());
        blocks.push(format!("def phi(z):\n    \"\"\"The activation φ.\"\"\"\n    return {value}"));
        if is_trained {
            blocks.push(format!(
                "def slope(z, a):\n    \"\"\"φ′(z), where a = φ(z).\"\"\"\n    return {slope}"
            ));
        }
    }
    let rows: String = (net.layers().iter())
        .map(|layer| {
            let (w, b) = (layer.weights(), layer.biases());
            format!(
                "        (theta[{}:{}].reshape({}, {}), theta[{}:{}]),\n",
                w.start, w.end, layer.units, layer.inputs, b.start, b.end
            )
        })
        .collect();
    blocks.push(format!(
        "def layers(theta):\n    \"\"\"W and b of each layer.\"\"\"\n    return [\n{rows}    ]"
    ));
    blocks.push(if has_hidden {
        "def forward(theta, x):\n    \
             \"\"\"The outputs a of each layer, the inputs first, and its sums z; an example a row.\"\"\"\n    \
             a, z = [x], []\n    \
             for W, b in layers(theta):\n        \
                 if z:\n            \
                     a.append(phi(z[-1]))\n        \
                 z.append(a[-1] @ W.T + b)\n    \
             return a, z"
            .to_owned()
    } else {
        "def forward(theta, x):\n    \
             \"\"\"The inputs, and the sums z of the one layer; an example a row.\"\"\"\n    \
             [(W, b)] = layers(theta)\n    \
             return [x], [x @ W.T + b]"
            .to_owned()
    });
    for (output, end) in outputs {
        let (what, loss, delta) = numpy_loss(*output);
        blocks.push(format!(
            "def risk{end}(theta, x, y):\n    \"\"\"{what}, the mean over examples.\"\"\"\n    \
             z = forward(theta, x)[1][-1]\n{loss}"
        ));
        if !is_trained {
            continue;
        }
        let below = if has_hidden {
            "        if i > 0:\n            delta = (delta @ W) * slope(z[i - 1], a[i])\n"
        } else {
            ""
        };
        blocks.push(format!(
            "def gradient{end}(theta, x, y):\n    \
                 \"\"\"∂R/∂θ, by backpropagation; delta is ∂L/∂z of a layer.\"\"\"\n    \
                 a, z = forward(theta, x)\n{delta}    \
                 g = []\n    \
                 for i, (W, b) in reversed(list(enumerate(layers(theta)))):\n        \
                     g = [(delta.T @ a[i]).ravel(), delta.sum(axis=0)] + g\n{below}    \
                 return np.concatenate(g) / len(x)"
        ));
    }
    blocks
}

/// φ and its slope.
fn activation(activation: Activation) -> (&'static str, &'static str) {
    match activation {
        Activation::Tanh => ("np.tanh(z)", "1 - a**2"),
        Activation::Relu => ("np.maximum(0, z)", "np.where(z > 0, 1, 0)"),
        Activation::LeakyRelu => ("np.maximum(0.01 * z, z)", "np.where(z > 0, 1, 0.01)"),
        Activation::Sigmoid => ("sigmoid(z)", "a * (1 - a)"),
        Activation::Elu => {
            ("np.where(z > 0, z, np.expm1(np.minimum(z, 0)))", "np.where(z > 0, 1, a + 1)")
        }
        Activation::Linear => ("z", "np.ones_like(z)"),
    }
}

/// What the loss is, its lines from z, and those of delta.
fn numpy_loss(output: Output) -> (&'static str, &'static str, &'static str) {
    match output {
        Output::Linear(_) => (
            "L = Σ ½(y − z)²",
            "    return np.mean(np.sum((y - z) ** 2, axis=1) / 2)",
            "    delta = z[-1] - y\n",
        ),
        Output::Logit => (
            "Binary cross-entropy of the logit z, L = ln(1 + exp(z)) − zy",
            "    return np.mean(np.logaddexp(0, z) - z * y)",
            "    delta = sigmoid(z[-1]) - y\n",
        ),
        Output::Softmax(_) => (
            "Cross-entropy of the logits z, L = ln Σ exp(z) − z of the example's class y",
            "    return np.mean(np.logaddexp.reduce(z, axis=1) - z[np.arange(len(y)), y])",
            "    delta = softmax(z[-1])\n    delta[np.arange(len(y)), y] -= 1\n",
        ),
        Output::Sigmoid(_) => (
            "L = Σ ½(y − σ(z))²",
            "    return np.mean(np.sum((y - sigmoid(z)) ** 2, axis=1) / 2)",
            "    f = sigmoid(z[-1])\n    delta = (f - y) * f * (1 - f)\n",
        ),
    }
}

fn torch(net: &Architecture, outputs: &[(Output, &str)]) -> Vec<String> {
    let activation = match net.activation() {
        Activation::Tanh => "Tanh()",
        Activation::Relu => "ReLU()",
        Activation::LeakyRelu => "LeakyReLU(0.01)",
        Activation::Sigmoid => "Sigmoid()",
        Activation::Elu => "ELU()",
        Activation::Linear => "Identity()",
    };
    let modules: Vec<String> = (net.layers().iter())
        .map(|layer| format!("        torch.nn.Linear({}, {}),\n", layer.inputs, layer.units))
        .collect();
    let modules = modules.join(&format!("        torch.nn.{activation},\n"));
    let mut blocks = vec![format!(
        "def net_of(theta):\n    \
             \"\"\"The net with these weights and biases.\"\"\"\n    \
             net = torch.nn.Sequential(\n{modules}    )\n    \
             torch.nn.utils.vector_to_parameters(theta.clone(), net.parameters())\n    \
             return net"
    )];
    for (output, end) in outputs {
        let (what, loss) = match output {
            Output::Linear(_) => ("L = Σ ½(y − z)²", "((y - net(x)) ** 2).sum(dim=1).mean() / 2"),
            Output::Logit => (
                "Binary cross-entropy of the logit",
                "torch.nn.functional.binary_cross_entropy_with_logits(net(x), y)",
            ),
            Output::Softmax(_) => (
                "Cross-entropy of the logits, y the class",
                "torch.nn.functional.cross_entropy(net(x), y)",
            ),
            Output::Sigmoid(_) => {
                ("L = Σ ½(y − σ(z))²", "((y - torch.sigmoid(net(x))) ** 2).sum(dim=1).mean() / 2")
            }
        };
        blocks.push(format!(
            "def risk{end}(net, x, y):\n    \"\"\"{what}, the mean over examples.\"\"\"\n    return {loss}"
        ));
    }
    blocks
}
