//! The keys of a file with a net. What is not among them is refused.

/// Every key with what it says: text as in [`crate::export::reference`], where `{{name}}` stands for one of
/// its limits.
pub const KEYS: [(&str, &str); 18] = [
    ("inputs", "how many inputs, 1 to {{inputs}}"),
    (
        "hidden",
        "the units of each hidden layer, at most {{layers}} layers of 1 to {{units}}; `[]` for none",
    ),
    ("activation", "of the hidden layers: {{activations}}; `tanh` if not said"),
    (
        "output",
        "`linear` with L = Σ ½(y − f)², `logit` with binary cross-entropy, `softmax` with \
         categorical cross-entropy, `sigmoid` with L = Σ ½(y − σ(z))²",
    ),
    (
        "outputs",
        "how many values `linear` or `sigmoid` predicts (1 to {{outputs}}, 1 if not said) or \
         classes `softmax` tells apart (2 to {{outputs}})",
    ),
    (
        "weights",
        "for each layer, the output's with them, one list: W row by row (units × inputs), then b",
    ),
    (
        "initialization",
        "in place of `weights`: `{\"key\": \"xavier\", \"seed\": 1}`, or another of {{initial weights}}",
    ),
    ("rule", "one of {{rules}}"),
    (
        "dials",
        "the rule's own, as links have them: without the rule's name, with the same ranges and \
         defaults",
    ),
    ("batch", "the batch size, 1 to n; n if not said"),
    ("seed", "of the order in which Ravine deals out the examples; 1 if not said"),
    (
        "batches",
        "in place of these two: lists of examples, counted from 0, that take turns; one round is \
         an epoch",
    ),
    ("updates", "how many, up to {{updates}}"),
    ("l1", "λ₁ of the penalty λ₁ Σ |w| on all weights, not biases: 0 to 10, 0 if not said"),
    ("l2", "λ₂ of the penalty λ₂/2 Σ w², likewise"),
    ("frozen", "what training leaves as it is: `biases`, or `none` if not said"),
    (
        "train",
        "`{\"inputs\": […], \"targets\": […]}`: for each example a list of numbers, and its class \
         counted from 0; for `linear` a list of values, or the value where there is one; for \
         `sigmoid` either, the values from 0 to 1. Of several sigmoids a class is 1 of its own \
         and 0 of the others",
    ),
    ("test", "the same, or nothing"),
];
