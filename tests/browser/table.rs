//! Own data as a table: what would be taken is said before anything is.

use serde_json::{Value, json};
use thirtyfour::Key;

use crate::harness::{Page, browse};

const LINK: &str = "problem=linear&data.n=12&step=30";

async fn is_open(page: &Page) -> bool {
    page.eval("document.getElementById('table').open").await
}

async fn said(page: &Page) -> (String, Vec<String>, String) {
    let summary = page.table_summary().await;
    let (bad, take) = page
        .eval(
            "[[...document.querySelectorAll('#table-bad li')].map((li) => li.textContent),
              document.getElementById('table-take').textContent]",
        )
        .await;
    (summary, bad, take)
}

/// So many good rows, with the bad ones at these lines of the text, the header being line 1.
fn housing(good: usize, bad: &[usize]) -> String {
    let mut rows = vec!["size;rooms;price".to_owned()];
    let mut count = 0;
    while count < good {
        if bad.contains(&(rows.len() + 1)) {
            rows.push("big;3;dear".to_owned());
        } else {
            count += 1;
            rows.push(format!("{},5;{};{}", count, count % 4, 2 * count));
        }
    }
    rows.join("\n")
}

#[test]
fn a_dropped_file_names_its_bad_rows_and_is_taken_only_after_asking() {
    browse(LINK, async |page| {
        let before: String = page.ask("lab.link()").await;
        page.give_text("#data-plot", "drop", &housing(97, &[5, 40])).await;
        page.wait_for("document.getElementById('table').open").await;
        let (summary, bad, take) = said(page).await;
        assert_eq!(summary, "99 rows; x is size; y is rooms");
        assert_eq!(take, "Skip 2 rows, use 97");
        assert_eq!(bad.len(), 2);
        for (line, row) in bad.iter().zip([5, 40]) {
            assert!(line.starts_with(&format!("Row {row}: ")) && line.contains("big"), "{line}");
        }
        assert_eq!(page.ask::<String>("lab.link()").await, before, "taken without asking");

        // Other columns, other examples.
        page.set("#table-x", "2").await;
        page.set("#table-y", "0").await;
        let (summary, bad, _) = said(page).await;
        assert_eq!(summary, "99 rows; x is price; y is size");
        assert_eq!(bad.len(), 2);
        page.take_table().await;
        page.painted().await;
        assert!(!is_open(page).await);
        let examples = page.examples().await;
        assert_eq!(examples.len(), 97);
        assert_eq!(examples[..2], [[2.0, 1.5], [4.0, 2.5]]);
        // The minimum of other data is in sight.
        let minimum = "JSON.parse(ravine.lab.model()).surface.window";
        assert_ne!(page.eval::<Value>(minimum).await, json!([-2.0, 4.0, -2.6, 3.4]));
        page.wait_for("location.hash.includes('data=')").await;
        page.press(&[Key::Control], 'z').await;
        page.painted().await;
        assert_eq!(page.ask::<String>("lab.link()").await, before);
    });
}

#[test]
fn a_paste_on_the_data_plot_opens_the_dialog_and_cancel_loses_nothing() {
    browse(LINK, async |page| {
        let before: String = page.ask("lab.link()").await;
        let text = "1\t2\n2\t3,5\n3\t6";
        page.focus("#data-plot").await;
        page.give_text("#data-plot", "paste", text).await;
        page.wait_for("document.getElementById('table').open").await;
        assert_eq!(said(page).await.2, "Use 3 rows");
        // Two columns leave nothing to choose.
        assert!(page.eval::<bool>("document.getElementById('table-columns').hidden").await);
        page.click("#table-cancel").await;
        assert!(!is_open(page).await);
        assert_eq!(page.ask::<String>("lab.link()").await, before);
        // The text is still there, whatever else happens meanwhile.
        page.change("data.seed", "3").await;
        page.open_dialog("#data-own", "table").await;
        assert_eq!(page.eval::<String>("document.getElementById('table-text').value").await, text);
        page.press(&[], Key::Escape).await;
        page.open_dialog("#data-own", "table").await;
        page.take_table().await;
        page.painted().await;
        assert_eq!(page.examples().await, [[1.0, 2.0], [2.0, 3.5], [3.0, 6.0]]);
        // From then on the box is filled with the present data.
        page.change("data.standardise", "yes").await;
        page.open_dialog("#data-own", "table").await;
        let filled: String = page.eval("document.getElementById('table-text').value").await;
        assert_eq!(filled, "x,y\n1,2\n2,3.5\n3,6\n");
    });
}

#[test]
fn a_long_text_that_is_pasted_into_the_box_is_taken_as_a_file_is() {
    browse(LINK, async |page| {
        page.open_dialog("#data-own", "table").await;
        // Short in letters, long in lines: all of them are a while to lay out.
        for rows in [20_000, 200_000] {
            let is_taken: bool = page
                .call(
                    "const data = 'x,y\\n' + '1,2\\n3,5\\n'.repeat(arguments[0] / 2);
                     const event = new InputEvent('beforeinput',
                         { data, inputType: 'insertFromPaste', bubbles: true, cancelable: true });
                     return !document.getElementById('table-text').dispatchEvent(event);",
                    json!([rows]),
                )
                .await;
            assert!(is_taken, "{rows} rows are left to the browser");
            let named = format!("{},000", rows / 1000);
            page.wait_for(&format!(
                "document.getElementById('table-notes').textContent.includes('{named}')"
            ))
            .await;
            assert_eq!(said(page).await.2, "Use 2,000 rows");
            let shown = "document.getElementById('table-text').value.split('\\n').length";
            assert_eq!(page.eval::<usize>(shown).await, 2_002);
        }
    });
}

#[test]
fn what_is_typed_is_read_as_it_is_typed_and_nonsense_is_told() {
    browse(LINK, async |page| {
        page.open_dialog("#data-own", "table").await;
        assert_eq!(said(page).await.2, "Use 12 rows");
        let mut long = vec!["x,y".to_owned()];
        long.extend((0..2500).map(|row| format!("{row},1")));
        let many_bad = format!("x,y\n{}{}", "1,2\n".repeat(40), "a,2\n".repeat(20));
        for (text, words) in [
            ("", "The table is empty."),
            ("hello", "Two columns are needed"),
            ("a,b\n1,\n2,", "only one"),
            ("<img src=x onerror=window.ran=1>,y\n<b>1</b>,2", "number"),
        ] {
            page.set("#table-text", text).await;
            let (summary, bad, _) = said(page).await;
            let told = format!("{summary} {}", bad.join(" ")).replace("2000", "2,000");
            assert!(told.contains(words), "{words}: {told}");
            let disabled: bool = page.eval("document.getElementById('table-take').disabled").await;
            assert!(disabled, "{text}");
        }
        assert!(page.eval::<bool>("!window.ran && !document.querySelector('dialog img')").await);
        // Of too many rows a sample is taken, and that is said.
        page.set("#table-text", &long.join("\n")).await;
        let take = said(page).await.2;
        let notes = page.text("#table-notes").await;
        assert!(take == "Use 2,000 rows" && notes.contains("2,500"), "{take}: {notes}");
        page.set("#table-text", &many_bad).await;
        let (_, bad, take) = said(page).await;
        assert_eq!((bad.len(), &*bad[8]), (9, "and 12 more"));
        assert_eq!(take, "Skip 20 rows, use 40");
        // On labels a table without them is refused, and nothing is lost.
        page.press(&[], Key::Escape).await;
        page.change("problem", "logistic").await;
        let before: String = page.ask("lab.link()").await;
        page.give_text("#data-plot", "paste", "1,2\n2,5\n3,7").await;
        let (summary, ..) = said(page).await;
        let disabled: bool = page.eval("document.getElementById('table-take').disabled").await;
        assert!(disabled && summary.contains("3"), "{summary}");
        assert_eq!(page.ask::<String>("lab.link()").await, before);
    });
}

#[test]
fn two_thousand_points_of_ones_own_outlive_a_reload_and_share_says_that_the_link_is_long() {
    // Full numbers, as measured ones are.
    let row = |index: i32| {
        let x = f64::from(index).sin() * 3.0;
        format!("{x},{}", 1.2 * x + f64::from(index * 7).cos())
    };
    let rows: Vec<String> = (0..2000).map(row).collect();
    browse(LINK, async |page| {
        page.give_text("#data-plot", "drop", &rows.join("\n")).await;
        page.wait_for("document.getElementById('table').open").await;
        page.take_table().await;
        page.wait_for("location.hash.includes('data.kept=')").await;
        let told = page.text("#data-long").await;
        assert!(told.contains("2,000") && told.contains("too large"), "{told}");
        // What is noted of these data goes and comes with them.
        page.wait_for("document.querySelector('#notes p')").await;
        page.press(&[Key::Control], 'z').await;
        page.wait_for("!location.hash.includes('data.kept=')").await;
        page.painted().await;
        assert!(page.notes().await.is_empty());
        page.press(&[Key::Control, Key::Shift], 'z').await;
        page.wait_for("location.hash.includes('data.kept=')").await;
        let [print, text]: [String; 2] = page.ask("[lab.fingerprint(), lab.data_text()]").await;
        page.reload().await;
        assert_eq!(
            page.ask::<[String; 2]>("[lab.fingerprint(), lab.data_text()]").await,
            [print, text]
        );
        assert!(page.notes().await.is_empty());
        page.open_dialog("#share", "link").await;
        let said = page.text("#link-fault").await;
        assert!(said.contains("too large"), "{said}");
    });
}
