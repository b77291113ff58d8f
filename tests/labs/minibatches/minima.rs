//! How far minima are searched for, and what is said where that is not everywhere.

use ravine::labs::model;
use ravine::view::Theme;

use super::lab;

/// What the page is told: the title of the chart of losses, and the sentence under it.
fn of_the_chart(link: &str) -> [String; 2] {
    let lab = lab(link);
    let model = model::model(&lab, &Theme::LIGHT);
    [model.chart_title, model.chart_note]
}

#[test]
fn a_lower_minimum_beside_the_window_is_found_and_none_is_called_the_lowest_of_all() {
    let link = "problem=sine&data.n=10&data.seed=33424&data.outliers=5&data.center=-0.46\
                &data.spread=2.3&data.standardise=yes";
    let lab = lab(link);
    let objective = lab.objective();
    // 2.069 at (1.630, 6.908), above the window's upper edge of 5.5.
    let lowest = objective.lowest().unwrap();
    assert!(lowest <= 2.0695, "{lowest}");
    let is_it = |at: &&[f64; 2]| (at[0] - 1.630).abs() < 1e-3 && (at[1] - 6.908).abs() < 1e-3;
    let it = objective.minima().iter().find(is_it).expect("the minimum beside the window");
    assert!((objective.value(*it) - 2.069).abs() < 1e-3);
    let gradient = objective.gradient(*it).gradient;
    assert!(gradient[0].hypot(gradient[1]) < 1e-9, "{gradient:?}");
    assert!(!objective.knows_all_minima());
    let [title, note] = of_the_chart(link);
    assert!(title.starts_with("Loss above the lowest known"), "{title}");
    assert!(note.starts_with("To lose 95 % of the loss above the lowest known: "), "{note}");
}

#[test]
fn of_a_quadratic_risk_the_minimum_is_known() {
    let [title, note] = of_the_chart("problem=linear");
    assert!(title.starts_with("Loss above the minimum"), "{title}");
    assert!(note.starts_with("To lose 95 % of the excess loss: "), "{note}");
}
