//! What people type and paste: other spellings, LaTeX, left sides and twins of plain characters
//! mean what they mean where they come from.

use ravine::math::formula::{Formula, read_loss, read_surface};

fn value(text: &str, x: f64, y: f64) -> f64 {
    let formula = Formula::parse(text).unwrap_or_else(|fault| panic!("{text}: {fault}"));
    assert!(formula.parameters().is_empty(), "{text}: {:?}", formula.parameters());
    formula.bind(&[]).value(x, y)
}

#[test]
fn other_spellings_mean_the_plain_formula() {
    let line = "x^2 + y^2";
    for (text, plain) in [
        ("x_ignored", ""),
        ("pow(x,2)", "x^2"),
        ("hypot(x,y)", "sqrt(x^2 + y^2)"),
        ("np.exp(x)", "exp(x)"),
        ("numpy.exp(x)", "exp(x)"),
        ("math.sin(x)", "sin(x)"),
        ("Math.pow(x,2)", "x^2"),
        ("Math.PI*x + Math.E", "pi*x + e"),
        ("np.log(x)*np.maximum(x, y)", "ln(x)*max(x, y)"),
        ("torch.nn.functional.relu(x)", "relu(x)"),
        ("np.arctan2(y, x)", "atan2(y, x)"),
        ("np.log1p(x) + log1p(y)", "ln(1 + x) + ln(1 + y)"),
        ("np.pi x", "pi*x"),
        ("logistic(x)", "sigmoid(x)"),
        ("σ(x+y)", "sigmoid(x + y)"),
        ("\\sigma\\left(x\\right)", "sigmoid(x)"),
        ("σ (x)", "sigmoid(x)"),
        ("arctan(x) + arcsin(y/9)", "atan(x) + asin(y/9)"),
        ("ReLU(x)", "relu(x)"),
        ("sgn(x)", "sign(x)"),
        ("sec(x)", "1/cos(x)"),
        ("sin^2(x)", "sin(x)^2"),
        ("cos²(x)y", "cos(x)^2*y"),
        ("tan^{2}(x)", "tan(x)^2"),
        ("log_2(x) + log_{10}(y)", "log2(x) + log10(y)"),
        // Left sides and ends.
        ("f(x,y) = x^2+y^2", line),
        ("z = x^2+y^2", line),
        ("f = x^2 + y^2", line),
        ("f(x, y) := x^2 + y^2", line),
        ("x^2+y^2;", line),
        ("L(w,b) = x^2+y^2 ; ", line),
        ("\\mathcal{L}(\\theta_0, \\theta_1) = x^2+y^2", line),
        // LaTeX.
        ("\\frac{1}{2}x^2", "1/2*x^2"),
        ("\\tfrac12 x^2", "1/2*x^2"),
        ("\\dfrac{x+1}{y}", "(x + 1)/y"),
        ("\\frac{x}2", "x/2"),
        ("\\frac xy", "x/y"),
        ("x^\\frac{1}{2}", "x^(1/2)"),
        ("x^2 \\cdot y", "x^2*y"),
        ("x\\times y \\div 2", "x*y/2"),
        ("x^{2}", "x^2"),
        ("e^{-x}", "e^(-x)"),
        ("\\mathrm{e}^{-x}", "e^(-x)"),
        ("$x^2$", "x^2"),
        ("$$x^2 + y^2$$", line),
        ("\\(x^2 + y^2\\)", line),
        ("\\[ f(x,y) = x^2 + y^2. \\]", line),
        ("\\[ f(x,y) = x^2 + y^{2} \\].", line),
        ("f(x,y) = $x^2 + y^2$;", line),
        ("\\sqrt{x}", "sqrt(x)"),
        ("\\sqrt2 x", "sqrt(2)*x"),
        ("\\sqrt[3]{x}\\sqrt[4]{y}", "cbrt(x)*y^(1/4)"),
        ("\\left( x + 1 \\right) y", "(x + 1)*y"),
        ("\\left[x\\right]\\left\\{y\\right\\}", "x*y"),
        ("\\left|x - \\left|y\\right|\\right|", "abs(x - abs(y))"),
        ("\\lvert x\\rvert", "abs(x)"),
        ("\\bigl(x\\bigr)\\,y\\;\\pi", "x*y*pi"),
        ("\\ln(x) + \\exp\\left(y\\right)", "ln(x) + exp(y)"),
        ("\\sin^2(x)", "sin(x)^2"),
        ("\\max\\{x, y\\}", "max(x, y)"),
        ("\\operatorname{sigmoid}(x)", "sigmoid(x)"),
        ("\\operatorname*{max}(x, y)", "max(x, y)"),
        ("\\text{ReLU}(x)", "relu(x)"),
        ("\\cos(45^\\circ)x", "cos(45*deg)*x"),
        ("\\lfloor x\\rfloor + \\lceil y \\rceil", "floor(x) + ceil(y)"),
        // Twins.
        ("∣x∣", "abs(x)"),
        ("|x||y|", "abs(x)*abs(y)"),
        ("2|x|y", "2*abs(x)*y"),
        ("||x| - 1|", "abs(abs(x) - 1)"),
        ("⅓x", "1/3*x"),
        ("⅞y + ⅔", "7/8*y + 2/3"),
        ("x∙y∗2", "x*y*2"),
        ("x‐y–1—2", "x - y - 1 - 2"),
        ("[x + 1]{y}", "(x + 1)*y"),
        ("（ｘ＋１）＊２", "(x + 1)*2"),
        ("𝑥² + 𝑦²", line),
        ("x\u{2062}y\u{200b}", "x*y"),
        ("x⁺²", "x^2"),
    ] {
        if plain.is_empty() {
            assert!(Formula::parse(text).is_err(), "{text}");
            continue;
        }
        let formula = Formula::parse(text).unwrap_or_else(|fault| panic!("{text}: {fault}"));
        assert_eq!(formula.plain(), plain, "{text}");
        let want = value(plain, 1.3, 0.7);
        assert_eq!(value(text, 1.3, 0.7).to_bits(), want.to_bits(), "{text}");
    }
}

#[test]
fn products_and_quotients_go_from_left_to_right() {
    assert_eq!(value("1/2x", 3.0, 0.0), 1.5);
    assert_eq!(value("2x/3y", 3.0, 5.0), 10.0);
}

#[test]
fn a_letter_before_a_parenthesis_is_a_factor_and_shows_its_dot() {
    let formula = Formula::parse("a(x + 1) + b(y)").unwrap();
    assert_eq!(formula.plain(), "a*(x + 1) + b*y");
    assert!(formula.mathml().contains("<mi>a</mi><mo>·</mo>"));
    let gallery = Formula::parse("b*(y - x^2)^2").unwrap();
    assert!(gallery.mathml().contains("<mi>b</mi><mo>·</mo>"));
}

/// R and ∇R over (1, 2), (2, 2.5), (3, 9), and the two letters.
fn risk(loss: &str, theta: [f64; 2]) -> ([String; 2], f64, [f64; 2]) {
    let loss = read_loss(loss).unwrap_or_else(|fault| panic!("{loss}: {fault}"));
    assert!(loss.parameters().is_empty(), "{:?}", loss.parameters());
    let sum = loss.bind(&[]).sum_gradients(theta, &[&[1.0, 2.0, 3.0], &[2.0, 2.5, 9.0]]);
    let names = [0, 1].map(|at| loss.variables()[at].clone());
    (names, sum.value / 3.0, sum.gradient.map(|slope| slope / 3.0))
}

fn assert_near(got: f64, want: f64) {
    assert!((got - want).abs() < 5e-5 * want.abs().max(1.0), "{got} is not {want}");
}

#[test]
fn sigma_of_something_is_the_sigmoid() {
    let (_, at_zero, _) = risk("(y-σ(w*x+b))^2", [0.0, 0.0]);
    assert_near(at_zero, 26.1667);
}

#[test]
fn the_letters_of_a_line_are_found_whatever_they_are_called() {
    for (loss, names) in [
        ("(y - theta0 - theta1*x)^2", ["theta0", "theta1"]),
        ("(y - θ₀ - θ₁x)^2", ["theta0", "theta1"]),
        ("\\left(y - \\theta_0 - \\theta_1 x\\right)^2", ["theta0", "theta1"]),
        ("$L(\\beta_0, \\beta_1) = (y_i - \\beta_0 - \\beta_1 x_i)^2$", ["beta0", "beta1"]),
    ] {
        let (found, at_zero, gradient) = risk(loss, [0.0, 0.0]);
        assert_eq!(found, names);
        assert_near(at_zero, 30.4167);
        // The first step with α = 0.01.
        assert_near(-0.01 * gradient[0], 0.09);
        assert_near(-0.01 * gradient[1], 0.226667);
        let (_, least, level) = risk(loss, [-2.5, 3.5]);
        assert_near(least, 2.0);
        assert!(level.iter().all(|slope| slope.abs() < 1e-12));
    }
    for (loss, names) in [
        ("(y-(m*x+b))^2", ["m", "b"]),
        ("(y-(k*x+d))^2", ["k", "d"]),
        ("(y-(m*x+c))^2", ["m", "c"]),
    ] {
        let (found, least, _) = risk(loss, [3.5, -2.5]);
        assert_eq!(found, names);
        assert_near(least, 2.0);
    }
}

#[test]
fn columns_are_those_of_the_typed_text() {
    for (text, column) in [
        ("\\frac{1}{2}x^2 + \\foo", 18),
        ("f(x,y) = x^2 + foo", 16),
        ("$\\left(x + \\right)$", 18),
        ("\\tfrac12 \\cdot \\theta_{1 x", 16),
        ("np.exp(x) + bar", 13),
        ("∣x∣ + ⅓ + # ", 11),
    ] {
        assert_eq!(Formula::parse(text).unwrap_err().column, column, "{text}");
    }
}

#[test]
fn a_constant_is_no_surface() {
    for text in ["X^2+Y^2", "3", "a^2+b^2", "w1^2", "pi", "f(x) = 3"] {
        assert!(read_surface(text).is_err(), "{text}");
    }
    let surface = read_surface("x_1^2+x_2^2").unwrap();
    let jet = surface.bind(&[]).gradient(3.0, 2.0);
    assert_eq!((jet.value, jet.gradient), (13.0, [6.0, 4.0]));
}
