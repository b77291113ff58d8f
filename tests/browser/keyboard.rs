//! Without a mouse, and without eyes: everything is reached by Tab, the focus is seen, and every
//! control says what it is.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use thirtyfour::Key;

use crate::harness::{Page, browse};

/// Everything that Tab must reach: what is seen and can be used.
const CONTROLS: &str = "[...document.querySelectorAll(
        'a[href], button, input, select, textarea, summary, [tabindex=\"0\"]')]
    .filter((element) => !element.disabled && element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true }))";

const NAME: &str = "const nameOf = (element) => {
    const { id, tagName, type, ariaLabel, textContent } = element;
    const home = element.closest('[data-run], [id]:not(#' + CSS.escape(id || '-') + ')');
    return [home?.dataset.run ?? home?.id, tagName, id, type, ariaLabel ?? textContent.trim()]
        .join(' ');
};";

/// Walks by Tab over the whole page and checks each stop; returns where it stopped.
async fn walk(page: &Page) -> BTreeSet<String> {
    page.call::<()>("document.activeElement?.blur(); window.scrollTo(0, 0);", json!([])).await;
    let mut stops = BTreeSet::new();
    let mut first = None;
    for _ in 0..200 {
        page.press(&[], Key::Tab).await;
        let stop: Value = page
            .call(
                &format!(
                    "{NAME}
                     const element = document.activeElement;
                     if (!element || element === document.body) return null;
                     const {{ outlineStyle, outlineWidth, borderColor, boxShadow }} = getComputedStyle(element);
                     const ring = (style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
                     // A ring of its own, or around what it stands in, or a border of another colour.
                     let seen = ring(getComputedStyle(element));
                     for (let around = element.parentElement; around && !seen; around = around.parentElement) {{
                         seen = ring(getComputedStyle(around));
                     }}
                     if (!seen) {{
                         element.blur();
                         seen = getComputedStyle(element).borderColor !== borderColor
                             || getComputedStyle(element).boxShadow !== boxShadow;
                         element.focus();
                     }}
                     const box = element.getBoundingClientRect();
                     const inSight = box.bottom > 0 && box.top < innerHeight
                         && box.right > 0 && box.left < innerWidth && box.width > 0;
                     return {{ name: nameOf(element), seen, inSight }};"
                ),
                json!([]),
            )
            .await;
        if stop.is_null() {
            continue;
        }
        let name = stop["name"].as_str().unwrap().to_owned();
        if first.as_ref() == Some(&name) {
            return stops;
        }
        assert_eq!(stop["seen"], true, "the focus cannot be seen on {name}");
        assert_eq!(stop["inSight"], true, "the focus is out of sight on {name}");
        first.get_or_insert_with(|| name.clone());
        stops.insert(name);
    }
    panic!("Tab does not come around: {stops:#?}");
}

/// With every card unfolded and the editor open.
async fn unfold(page: &Page) {
    page.call::<()>(
        "for (const fold of document.querySelectorAll('.fold[aria-expanded=false]')) fold.click();
         document.getElementById('formula-edit').click();",
        json!([]),
    )
    .await;
    page.painted().await;
}

/// One of each lab.
const LINKS: [&str; 5] = [
    "surface=rosenbrock&runs=gd,momentum,adam&step=20",
    "problem=huber&gd2.batch=4&gd2.average=exponential&step=20",
    "problem=linear&data=1,2;2,3;3,5;4,4&gd2.batch=2&deck=ball&step=20",
    "net=4,2&data.n=60&pass=units&step=20",
    "net=3&data.n=60&deck=surface&plane=weights&runs=gd,adam,momentum&step=20",
];

#[test]
fn tab_reaches_every_control_and_the_focus_is_seen() {
    browse("", async |page| {
        for link in LINKS {
            page.open(link).await;
            unfold(page).await;
            let controls: BTreeSet<String> =
                page.call(&format!("{NAME} return {CONTROLS}.map(nameOf);"), json!([])).await;
            assert!(controls.len() > 40, "{controls:#?}");
            let reached = walk(page).await;
            // Of radio buttons Tab reaches the one that is chosen, and arrows the others.
            let radios: BTreeSet<String> = page
                .call(
                    &format!(
                        "{NAME} return [...document.querySelectorAll(
                             'input[type=radio]:not(:checked)')].map(nameOf);"
                    ),
                    json!([]),
                )
                .await;
            let missed: Vec<_> =
                controls.difference(&reached).filter(|name| !radios.contains(*name)).collect();
            assert!(missed.is_empty(), "{link}: Tab does not reach {missed:#?}");
        }
    });
}

#[test]
fn every_control_says_what_it_is() {
    let all = "surface=ravine&runs=gd,momentum,nesterov,adagrad,rmsprop,adam&step=20";
    let opened = [
        "",
        "scene-list",
        "view-list",
        "data-list",
        "rule-list",
        "run-menu",
        "help",
        "link",
        "table",
    ];
    let parts = [all, LINKS[1], LINKS[2], LINKS[3], LINKS[4]]
        .into_iter()
        .flat_map(|link| opened.map(|part| (link, part)));
    browse("", async |page| {
        for (link, part) in parts {
            let is_of_data = ["data-list", "table"].contains(&part);
            if is_of_data && link == all {
                continue;
            }
            if part.is_empty() {
                page.turn_to(link).await;
                unfold(page).await;
            }
            page.call::<()>(
                "const part = document.getElementById(arguments[0]);
                 if (part?.showPopover && part.hasAttribute('popover')) part.showPopover();
                 else part?.showModal();",
                json!([part]),
            )
            .await;
            page.painted().await;
            let tree = page.devtools("Accessibility.getFullAXTree", json!({})).await;
            let roles = [
                "button",
                "checkbox",
                "combobox",
                "link",
                "slider",
                "spinbutton",
                "textbox",
                "application",
                "menuitem",
                "radio",
                "switch",
                "dialog",
            ];
            let mut count = 0;
            for node in tree["nodes"].as_array().unwrap() {
                let role = node["role"]["value"].as_str().unwrap_or_default();
                if node["ignored"] == true || !roles.contains(&role) {
                    continue;
                }
                count += 1;
                let name = node["name"]["value"].as_str().unwrap_or_default().trim();
                assert!(!name.is_empty(), "a {role} without a name, with {part:?} open: {node}");
            }
            assert!(count > 1, "{count} controls with {part:?} open");
            page.call::<()>(
                "const part = document.getElementById(arguments[0]);
                 if (part?.hasAttribute('popover')) part.hidePopover();
                 else part?.close();",
                json!([part]),
            )
            .await;
        }
    });
}

#[test]
fn a_whole_lesson_goes_by_keyboard() {
    browse("step=0", async |page| {
        // A run from the list, by keys alone; the focus comes back to where it was.
        page.focus("#run-add").await;
        page.press(&[], Key::Enter).await;
        page.wait_for("document.activeElement.closest('#rule-list')").await;
        for _ in 0..5 {
            page.press(&[], Key::Tab).await;
        }
        page.press(&[], Key::Enter).await;
        page.wait_for("document.querySelector('[data-run=adam]')").await;
        page.wait_for("document.activeElement.id === 'run-add'").await;

        // A slider by arrows, and its box by typing.
        let alpha = "JSON.parse(ravine.lab.model()).runs[0].dials[0].value";
        page.focus("[data-run=gd] input[type=range]").await;
        page.press(&[], Key::Up).await;
        page.wait_for(&format!("{alpha} === 0.096")).await;
        page.press(&[], Key::Left).await;
        page.wait_for(&format!("{alpha} === 0.095")).await;
        page.focus("[data-run=gd] input[type=number]").await;
        page.press(&[Key::Control], 'a').await;
        page.type_text("0.02").await;
        page.wait_for(&format!("{alpha} === 0.02")).await;

        // Scenes, Present and help.
        page.call::<()>("document.activeElement.blur();", json!([])).await;
        page.press(&[], Key::PageDown).await;
        page.wait_for("JSON.parse(ravine.lab.model()).preset === 1").await;
        page.press(&[], 'p').await;
        page.wait_for("document.documentElement.dataset.present === 'yes'").await;
        page.press(&[], Key::Escape).await;
        page.wait_for("document.documentElement.dataset.present === 'no'").await;
        page.press(&[], '?').await;
        page.wait_for("document.getElementById('help').open").await;
        page.press(&[], Key::Escape).await;
        page.wait_for("!document.getElementById('help').open").await;
    });
}

#[test]
fn keys_of_a_single_character_can_be_turned_off() {
    const PRESENT: &str = "document.documentElement.dataset.present === 'yes'";
    browse("step=5", async |page| {
        // With nothing to store it in, the choice lasts for as long as the page is open.
        for blocked in [false, true] {
            page.open("step=5").await;
            if blocked {
                page.call::<()>(
                    "localStorage.clear();
                     Storage.prototype.setItem = () => { throw new Error('blocked'); };",
                    json!([]),
                )
                .await;
            }
            page.press(&[], '?').await;
            if page.eval("document.querySelector('#single-keys').checked").await {
                page.click("#single-keys").await;
            }
            page.press(&[], Key::Escape).await;
            page.wait_for("!document.querySelector('#help').open").await;
            if !blocked {
                page.reload().await;
            }
            for key in ['p', '.', ' ', '?', 'b'] {
                page.press(&[], key).await;
            }
            page.painted().await;
            assert_eq!(page.step().await, 5, "{blocked}");
            assert!(!page.eval::<bool>(PRESENT).await && !page.ask::<bool>("lab.playing()").await);
            assert!(!page.eval::<bool>("document.querySelector('#help').open").await);
            // What no speech types stays.
            page.press(&[], Key::Home).await;
            assert_eq!(page.step().await, 0);
            page.press(&[], Key::PageDown).await;
            page.painted().await;
            assert_eq!(page.eval::<i64>("JSON.parse(ravine.lab.model()).scene").await, 1);
            // And on again.
            page.click("#help-open").await;
            page.click("#single-keys").await;
            page.press(&[], Key::Escape).await;
            page.wait_for("!document.querySelector('#help').open").await;
            page.press(&[], 'p').await;
            page.wait_for(PRESENT).await;
        }
    });
}
