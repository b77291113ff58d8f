//! Questions of a lesson: guessed by mouse, keyboard and finger, then seen.

use serde_json::{Value, json};
use thirtyfour::Key;

use crate::harness::{Page, Screen, browse};

const RAVINE: &str = "lesson=basic-training&scene=13";
const OUTCOME: &str = "document.getElementById('question-outcome').textContent";

async fn link(page: &Page) -> String {
    page.painted().await;
    page.ask("ravine.lab.link()").await
}

async fn asked(page: &Page) -> Value {
    page.painted().await;
    page.ask("JSON.parse(ravine.lab.model()).question").await
}

/// The guess, where it is a place.
async fn guess(page: &Page) -> [f64; 2] {
    let guess = asked(page).await["guess"].as_str().unwrap().to_owned();
    let numbers: Vec<f64> = guess.split(',').map(|part| part.parse().unwrap()).collect();
    [numbers[0], numbers[1]]
}

fn is_near(a: [f64; 2], b: [f64; 2]) -> bool {
    (a[0] - b[0]).abs() < 0.05 && (a[1] - b[1]).abs() < 0.05
}

#[test]
fn a_ghost_is_dragged_checked_and_asked_for_again() {
    browse(RAVINE, async |page| {
        assert_eq!(page.text("#caption").await, "Where will momentum be after 10 steps?");
        assert_eq!(page.text("#question-reveal").await, "Show without a guess");
        assert_eq!(page.step().await, 0);
        let start = page.start_point().await;
        page.click_at(page.place_of([4.0, 0.5]).await).await;
        assert!(is_near(guess(page).await, [4.0, 0.5]));
        let to = [[4.0, 0.5], [2.0, 0.2], [1.0, 0.0]];
        let mut places = Vec::new();
        for point in to {
            places.push(page.place_of(point).await);
        }
        page.drag(&places).await;
        assert!(is_near(guess(page).await, [1.0, 0.0]));
        // The start stays where it is, also where it is pressed.
        page.drag(&[page.place_of(start).await, page.place_of([8.0, 0.0]).await]).await;
        assert_eq!(page.start_point().await, start);
        assert_eq!(page.text("#question-reveal").await, "Check my guess");
        let before = page.rectangle("#plot").await;

        let guessed = link(page).await;
        page.reload().await;
        assert_eq!(link(page).await, guessed);
        page.click("#question-reveal").await;
        page.wait_for("JSON.parse(ravine.lab.live()).step >= 10").await;
        page.wait_for(&format!(
            "{OUTCOME}.startsWith('After 10 steps Momentum is at (0.844, 0.0388). You are ')"
        ))
        .await;
        assert!(page.text("#caption").await.starts_with("GD in black zig-zags"));
        assert_eq!(page.rectangle("#plot").await, before, "the plot stays where it is");
        assert_eq!(page.text("#tally-open").await, "Guesses: 1 of 1 right");
        let again = page.rectangle("#question-again").await;
        page.click("#tally-open").await;
        page.wait_for("document.querySelector('#tally:popover-open')?.style.visibility === ''")
            .await;
        assert!(page.text("#tally").await.contains("13. The ravine"));
        page.click("#tally button").await;
        page.wait_for(&format!("{OUTCOME} === ''")).await;
        assert_eq!(page.rectangle("#question-again").await, again, "it goes from under no hand");

        page.click("#question-again").await;
        assert_eq!(link(page).await, RAVINE);
        assert_eq!((page.step().await, page.eval::<String>(OUTCOME).await), (0, String::new()));
    });
}

#[test]
fn a_guess_is_made_and_checked_by_keyboard_alone() {
    browse(RAVINE, async |page| {
        page.focus("#plot").await;
        for _ in 0..3 {
            page.press(&[Key::Shift], Key::Left).await;
        }
        let [x, y] = guess(page).await;
        assert!(x < 9.0 && y == 1.0, "from the start to the left: {x} {y}");
        page.set("#question-y", "0.25").await;
        assert_eq!(guess(page).await[1], 0.25);
        page.set("#question-y", "").await;
        assert_eq!(guess(page).await[1], 0.25, "half a place is none");
        page.focus("#plot").await;
        page.press(&[], ' ').await;
        page.wait_for("JSON.parse(ravine.lab.live()).playing").await;

        // What is typed is a guess before the field is left.
        page.open(RAVINE).await;
        for (field, digit) in [("#question-x", '4'), ("#question-y", '1')] {
            page.focus(field).await;
            page.press(&[], digit).await;
        }
        assert_eq!(guess(page).await, [4.0, 1.0]);
        assert_eq!(page.text("#question-reveal").await, "Check my guess");

        // A choice: the arrow keys go through it, and turn no scene.
        page.open("lesson=basic-training&scene=9").await;
        page.focus("#question-choices input").await;
        page.press(&[], Key::Right).await;
        assert_eq!(asked(page).await["guess"], "gd2");
        page.press(&[], Key::Right).await;
        assert_eq!(link(page).await, "lesson=basic-training&scene=9&guess=gd3");
        page.focus("#question-reveal").await;
        page.press(&[], Key::Enter).await;
        page.wait_for(&format!("{OUTCOME}.startsWith('SGD 2 is first. You chose SGD 2: right.')"))
            .await;
        assert_eq!(page.eval::<String>("document.activeElement.id").await, "question");

        // A number: Enter takes it, and does not check it.
        page.open("lesson=basic-training&scene=5").await;
        page.focus("#question-dial input[type=number]").await;
        page.set("#question-dial input[type=number]", "0.08").await;
        page.press(&[], Key::Enter).await;
        assert_eq!(link(page).await, "lesson=basic-training&scene=5&guess=0.08");
        page.call::<()>("document.activeElement.blur();", json!([])).await;
        page.press(&[], Key::PageDown).await;
        assert!(link(page).await.starts_with("lesson=basic-training&scene=6"), "one key a scene");
        page.press(&[], Key::PageUp).await;
        assert_eq!(link(page).await, "lesson=basic-training&scene=5&guess=0.08");
    });
}

#[test]
fn a_finger_puts_the_ghost_and_drags_it() {
    browse(RAVINE, async |page| {
        page.screen(Screen::PHONE).await;
        page.open(RAVINE).await;
        let tapped = page.place_of([3.0, 0.0]).await;
        page.touch(&[vec![tapped]]).await;
        assert!(is_near(guess(page).await, [3.0, 0.0]));
        let away = page.place_of([6.0, 1.0]).await;
        let half = [0.5 * (tapped[0] + away[0]), 0.5 * (tapped[1] + away[1])];
        page.touch(&[vec![tapped], vec![half], vec![away]]).await;
        assert!(is_near(guess(page).await, [6.0, 1.0]));
        page.click("#question-reveal").await;
        page.wait_for(&format!("{OUTCOME}.includes('of the way from the start')")).await;
        assert!(!page.eval::<bool>("document.documentElement.scrollWidth > innerWidth").await);
    });
}

#[test]
fn nothing_of_the_answer_is_seen_while_the_question_is_open() {
    browse("lesson=basic-training&scene=5", async |page| {
        page.painted().await;
        let limits =
            "[...document.querySelectorAll('#cards .tick')].some((tick) => tick.checkVisibility())";
        assert!(!page.eval::<bool>(limits).await);
        for key in ['.', ']', 'f', 'h'] {
            page.press(&[], key).await;
        }
        for key in [Key::End, Key::Home] {
            page.press(&[], key).await;
        }
        page.painted().await;
        assert_eq!(page.step().await, 0);
        assert_eq!(page.text("#cards .sentence").await, "");
        assert!(
            !page
                .eval::<bool>("document.querySelector('#scene-tries-open').checkVisibility()")
                .await
        );
        page.click("#question-reveal").await;
        page.wait_for(limits).await;
    });
}

#[test]
fn who_asks_for_less_motion_sees_the_outcome_at_once() {
    browse(RAVINE, async |page| {
        page.prefer(&[("prefers-reduced-motion", "reduce")]).await;
        page.open(RAVINE).await;
        page.click("#question-reveal").await;
        page.painted().await;
        assert_eq!(page.step().await, 50);
        page.wait_for(&format!(
            "{OUTCOME}.startsWith('After 10 steps Momentum is at (0.844, 0.0388). Along')"
        ))
        .await;
    });
}
