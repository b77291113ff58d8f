//! On a desk, on a phone and on a projector, by day and by night.

use serde_json::{Value, json};

use crate::harness::{Page, Screen, browse};

/// Shows a link on a screen.
async fn on(page: &Page, screen: Screen, link: &str) {
    page.screen(screen).await;
    page.turn_to(link).await;
}

/// Nothing is wider than the screen, and nothing lies over the transport or is cut off by it.
async fn assert_fits(page: &Page, what: &str) {
    let faults: Vec<String> = page
        .eval(
            "(() => {
                const root = document.documentElement;
                const faults = [];
                if (root.scrollWidth > innerWidth) faults.push(`${root.scrollWidth} px wide`);
                const transport = document.getElementById('transport');
                const bar = transport.getBoundingClientRect();
                if (bar.bottom > innerHeight + 0.5 || bar.top < 0) faults.push('transport off screen');
                for (const control of transport.querySelectorAll('button, input')) {
                    if (!control.checkVisibility()) continue;
                    const box = control.getBoundingClientRect();
                    if (box.width === 0) continue;
                    const name = control.id || control.ariaLabel;
                    if (box.left < -0.5 || box.right > innerWidth + 0.5) faults.push(`${name} is cut off`);
                    const at = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
                    const own = at && (control.contains(at) || at.closest('label, .dial')?.contains(control));
                    if (!own) faults.push(`${at?.outerHTML.slice(0, 80)} lies over ${name}`);
                }
                return faults;
            })()",
        )
        .await;
    assert!(faults.is_empty(), "{what}: {faults:#?}");
}

#[test]
fn a_phone_shows_everything_without_scrolling_sideways() {
    let links = [
        "step=10",
        "surface=rosenbrock&runs=gd,momentum,adam&steps=5000&step=5000",
        "runs=gd,momentum,nesterov,adagrad,rmsprop,adam,gd,gd&step=10",
        "f=a*x^2%2Bb*y^2%2Bc*x*y%2Bd*sin(x)%2Bg*cos(y)%2Bh*exp(x/9)&step=10",
        "nonsense=1&gd.alpha=-1&step=10",
        "problem=mean&gd2.average=all&step=57",
        "problem=huber&data.n=2000&gd2.batch=1234&steps=5000&step=4999&deck=ball",
        "problem=linear&layout=overlay&runs=gd,gd,momentum,adam&gd2.batch=4&step=10",
        "problem=linear&data=1,2;2,3;3,5;4,4&gd2.batch=2&isolines=yes&fan=yes&step=10",
        "net=4,2&step=10",
        "net=16,16,16,16,16,16&runs=gd,momentum,adam,rmsprop&data.shape=curve&step=1",
        "net=8,8&data.shape=spirals5&deck=weights&features=x1,x2,x1x1,x2x2,x1x2,sin1,sin2&step=10",
        "net=4&deck=surface&plane=weights&step=10",
        "net=none&data=1,2,3,4,5,6,0;2,3,4,5,6,7,1;3,4,5,6,7,9,5&step=10",
        "net=8,8,8&step=10",
        "net=4,2&deck=surface&plane=weights&runs=gd,gd,momentum,nesterov&steps=5000&step=9",
        "net=none&data.shape=blobs5&deck=weights&step=2",
    ];
    browse("", async |page| {
        for link in links {
            on(page, Screen::PHONE, link).await;
            assert_fits(page, link).await;
            page.call::<()>(
                "for (const fold of document.querySelectorAll('.fold[aria-expanded=false]')) fold.click();
                 document.getElementById('formula-edit').click();
                 window.scrollTo(0, document.documentElement.scrollHeight);",
                json!([]),
            )
            .await;
            page.painted().await;
            assert_fits(page, &format!("{link}, unfolded")).await;
            // The plot stays in sight.
            let plots: Vec<[f64; 2]> = page
                .eval(
                    "[...document.querySelectorAll('.plot')].filter((plot) => plot.checkVisibility())
                         .map((plot) => plot.getBoundingClientRect())
                         .map(({ top, bottom }) => [top, bottom])",
                )
                .await;
            for plot in plots {
                assert!(plot[1] > 150.0 && plot[0] < 400.0, "{link}: the plot is at {plot:?}");
            }
        }
    });
}

#[test]
fn heads_of_layers_never_meet_and_selects_say_all_of_what_is_chosen() {
    let screen = Screen { width: 390, height: 844, ratio: 1.0, phone: true };
    let meet = "(() => {
        const boxes = [...document.querySelectorAll('.net-units > :not([hidden])')]
            .map((part) => part.getBoundingClientRect()).filter(({ width }) => width > 0)
            .sort((a, b) => a.left - b.left);
        return boxes.length === 0
            || boxes.some(({ right }, index) => right > (boxes[index + 1]?.left ?? Infinity) + 0.5);
    })()";
    browse("", async |page| {
        for screen in [Screen::DESKTOP, screen] {
            for net in ["2", "4,2", "8,8,8", "16,16,16,16,16,16"] {
                on(page, screen, &format!("net={net}&runs=gd&step=0")).await;
                assert!(!page.eval::<bool>(meet).await, "{net} on {screen:?}");
            }
            on(page, screen, "net=4&output=sigmoids&step=0").await;
            let cut = "[...document.querySelectorAll('#net-dials select')].some((select) => {
                const { width } = select.getBoundingClientRect();
                select.style.maxWidth = 'none';
                const whole = select.getBoundingClientRect().width;
                select.style.maxWidth = '';
                return whole > width + 1;
            })";
            assert!(!page.eval::<bool>(cut).await, "{screen:?}");
        }
    });
}

#[test]
fn every_screen_shows_the_whole_transport() {
    let screen = |width, height| Screen { width, height, ratio: 1.0, phone: false };
    browse("step=10", async |page| {
        for (width, height) in
            [(1440, 900), (1920, 1080), (1024, 768), (800, 600), (844, 390), (360, 640)]
        {
            for link in [
                "steps=5000&step=5000",
                "present=yes&step=10",
                "problem=mean&steps=5000&step=5000",
                "problem=mean&present=yes&step=10",
                "net=4,2&step=10",
                "net=8,8&runs=gd,momentum,adam,rmsprop&present=yes&step=10",
            ] {
                on(page, screen(width, height), link).await;
                assert_fits(page, &format!("{link} at {width}×{height}")).await;
                if link.starts_with("net=") {
                    let panel = page.rectangle("#net1-plot").await;
                    assert!(panel[3] > 0.15 * f64::from(height), "{link}: the panel is {panel:?}");
                    continue;
                }
                let plot = page.rectangle("#plot").await;
                assert!(plot[3] > 0.3 * f64::from(height), "{link}: the plot is {plot:?}");
            }
        }
    });
}

/// How bright the paper and the plot are, 0 … 255, and what the root says.
async fn brightness(page: &Page) -> Value {
    page.painted().await;
    page.eval(
        "(() => {
            const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
            const bright = ([r, g, b]) => (r + g + b) / 3;
            pen.fillStyle = getComputedStyle(document.documentElement).backgroundColor;
            pen.fillRect(0, 0, 1, 1);
            const field = document.getElementById('plot-field');
            const { width, height } = field;
            pen.drawImage(field, 0, 0, width, height, 1, 0, 1, 1);
            return {
                theme: document.documentElement.dataset.theme,
                paper: bright(pen.getImageData(0, 0, 1, 1).data),
                plot: bright(pen.getImageData(1, 0, 1, 1).data),
            };
        })()",
    )
    .await
}

fn assert_theme(shown: &Value, theme: &str) {
    assert_eq!(shown["theme"], theme);
    let paper = shown["paper"].as_f64().unwrap();
    let plot = shown["plot"].as_f64().unwrap();
    if theme == "dark" {
        assert!(paper < 60.0 && plot < 128.0, "{shown}");
    } else {
        assert!(paper > 230.0 && plot > 128.0, "{shown}");
    }
}

#[test]
fn light_and_dark_follow_the_system_until_the_link_says_otherwise() {
    browse("step=20", async |page| {
        assert_theme(&brightness(page).await, "light");
        page.prefer(&[("prefers-color-scheme", "dark")]).await;
        page.wait_for("document.documentElement.dataset.theme === 'dark'").await;
        assert_theme(&brightness(page).await, "dark");
        // The lines on the cards as well.
        let color = "document.querySelector('.sample path').getAttribute('fill')";
        let dark: String = page.eval(color).await;
        page.change("theme", "light").await;
        assert_theme(&brightness(page).await, "light");
        assert_ne!(page.eval::<String>(color).await, dark);
        page.prefer(&[("prefers-color-scheme", "light")]).await;
        page.change("theme", "dark").await;
        assert_theme(&brightness(page).await, "dark");
        page.wait_for("location.hash.includes('theme=dark')").await;
        page.reload().await;
        assert_theme(&brightness(page).await, "dark");
    });
}

#[test]
fn who_asks_for_less_motion_gets_whole_paths_that_stand_still() {
    browse("", async |page| {
        page.prefer(&[("prefers-reduced-motion", "reduce")]).await;
        page.open("").await;
        let still = json!([50, false]);
        let clock = "(({ step, playing }) => [step, playing])(JSON.parse(ravine.lab.live()))";
        assert_eq!(page.eval::<Value>(clock).await, still);
        // Another surface does not set it going, nor does a scene.
        page.set("#gallery", "bowl").await;
        page.painted().await;
        assert_eq!(page.eval::<Value>(clock).await, json!([30, false]));
        page.click("#scene-forth").await;
        page.painted().await;
        assert_eq!(page.eval::<Value>(clock).await, json!([100, false]).clone());
        // Playing is theirs to ask for.
        page.change("speed", "0.5").await;
        page.click("#play").await;
        assert!(page.ask::<bool>("lab.playing()").await);
    });
}

#[test]
fn present_and_dark_show_the_plots_and_the_pseudo_code() {
    browse("problem=mean&gd2.average=all&step=57", async |page| {
        let seen = async |id: &str| -> bool {
            page.eval(&format!("document.getElementById('{id}').checkVisibility()")).await
        };
        page.press(&[], 'p').await;
        page.painted().await;
        for id in ["plot", "plot2", "code-lines", "line-step", "caption", "data-plot", "chart"] {
            assert!(seen(id).await, "{id} is folded away");
        }
        assert!(!seen("share").await, "Share is in the way");
        assert_fits(page, "present").await;
        // All of the ten lines are in sight, none is cut off, and stepping works.
        let cut: Vec<String> = page
            .eval(
                "[...document.querySelectorAll('#code-lines li')].filter((line) => {
                     const words = line.querySelector('.code-words');
                     const { top, bottom } = line.getBoundingClientRect();
                     return top < 0 || bottom > innerHeight || words.scrollWidth > words.clientWidth + 1;
                 }).map((line) => line.textContent)",
            )
            .await;
        assert!(cut.is_empty(), "{cut:?}");
        page.press(&[], ']').await;
        page.painted().await;
        assert_eq!(page.live().await["code"]["line"], 5);
        page.change("theme", "dark").await;
        assert_theme(&brightness(page).await, "dark");
        page.press(&[], 'p').await;
        page.painted().await;
        assert!(seen("share").await);
    });
}

#[test]
fn no_line_of_the_pseudo_code_is_cut_and_none_moves_while_numbers_change() {
    let lines = "[...document.querySelectorAll('#code-lines li')]";
    let cut = format!(
        "{lines}.flatMap((line) => [...line.querySelectorAll('.code-words, .code-value')])
             .filter((part) => part.scrollWidth > part.clientWidth + 1 || part.scrollHeight > part.clientHeight + 9
                 || part.getBoundingClientRect().bottom > part.closest('li').getBoundingClientRect().bottom + 4)
             .map((part) => part.textContent)"
    );
    let places = format!(
        "{lines}.map((line) => Math.round(line.getBoundingClientRect().top
             - document.getElementById('code-lines').getBoundingClientRect().top
             + document.getElementById('code-lines').scrollTop))"
    );
    let size = |width, height| Screen { width, height, ratio: 1.0, phone: false };
    let present = [size(1280, 720), size(1024, 768), size(1920, 1080)];
    browse("", async |page| {
        for rule in ["newton", "rmsprop", "adam", "gd"] {
            let link = format!("problem=linear&data.n=40&runs=gd,{rule}&{rule}.batch=7&deck=code");
            let shown = present.map(|screen| (screen, "&present=yes"));
            for (screen, more) in shown.into_iter().chain([(Screen::PHONE, "")]) {
                on(page, screen, &format!("{link}{more}&step=12&paused=yes")).await;
                let cut: Vec<String> = page.eval(&cut).await;
                assert!(cut.is_empty(), "{rule} on {screen:?}: {cut:?}");
            }
        }
        // Numbers of θ grow and shrink: the lines stay where the longest of them put them.
        on(
            page,
            size(1024, 768),
            "problem=linear&runs=gd,rmsprop&rmsprop.batch=7&present=yes&step=12",
        )
        .await;
        for _ in 0..40 {
            page.press(&[], '.').await;
        }
        page.painted().await;
        let before: Vec<i64> = page.eval(&places).await;
        for _ in 0..20 {
            page.press(&[], ',').await;
            page.painted().await;
            assert_eq!(page.eval::<Vec<i64>>(&places).await, before);
        }
    });
}

#[test]
fn the_row_above_the_plot_overlaps_nowhere() {
    let crowded = "(() => {
        const parts = [...document.querySelectorAll(
            '#gallery, #formula, #formula-edit, .surface-dials > *, .view-chips > *')]
            .filter((part) => part.checkVisibility())
            .map((part) => ({ name: part.id || part.textContent.trim(), box: part.getBoundingClientRect() }))
            .filter(({ box }) => box.width > 0);
        return parts.flatMap((one, index) => parts.slice(index + 1)
            .filter(({ box }) => one.box.left < box.right + 3 && box.left < one.box.right + 3
                && one.box.top < box.bottom - 1 && box.top < one.box.bottom - 1)
            .map((other) => `${one.name} and ${other.name}`));
    })()";
    let links = [
        "surface=rastrigin",
        "surface=himmelblau",
        "f=(x^2%2By-11)^2%2B(x%2By^2-7)^2%2Bsin(3*x)*cos(2*y)%2Bexp(-x^2-y^2)",
        "f=a*x^2%2Bb*y^2%2Bc*x*y",
        "problem=huber&data.n=40",
        "net=8,8",
    ];
    browse("", async |page| {
        for link in links {
            page.turn_to(&format!("{link}&step=0&paused=yes")).await;
            for (width, height) in [
                (320, 700),
                (390, 844),
                (600, 900),
                (800, 1100),
                (800, 700),
                (900, 700),
                (1024, 768),
                (1440, 900),
                (1500, 900),
                (1920, 1080),
            ] {
                page.screen(Screen { width, height, ratio: 1.0, phone: false }).await;
                page.painted().await;
                let crowded: Vec<String> = page.eval(crowded).await;
                assert!(crowded.is_empty(), "{link} at {width} × {height}: {crowded:?}");
            }
        }
    });
}

#[test]
fn what_explains_a_chart_of_other_dials_lies_free_in_present() {
    let note = "document.getElementById('chart-note')";
    let covered = format!(
        "(() => {{
            const {{ left, right, top, bottom }} = {note}.getBoundingClientRect();
            const places = [[left + 2, top + 2], [(left + right) / 2, (top + bottom) / 2], [left + 2, bottom - 2]];
            return places.map(([x, y]) => document.elementFromPoint(x, y))
                .filter((seen) => !seen || !{note}.contains(seen)).map((seen) => seen?.outerHTML.slice(0, 60) ?? 'nothing');
        }})()"
    );
    let links =
        ["by=alphabeta", "problem=mean&by=alpha", "net=4,2&by=alphainit", "net=4,2&by=alpha"];
    browse("", async |page| {
        for (width, height) in [(1280, 720), (1024, 768), (1920, 1080)] {
            page.screen(Screen { width, height, ratio: 1.0, phone: false }).await;
            for link in links {
                page.turn_to(&format!("{link}&present=yes&step=0&paused=yes")).await;
                page.wait_for(&format!("{note}.textContent")).await;
                page.painted().await;
                let covered: Vec<String> = page.eval(&covered).await;
                assert!(covered.is_empty(), "{link} at {width} × {height}: {covered:?}");
            }
        }
    });
}

#[test]
fn headings_of_data_and_net_are_whole_beside_their_buttons() {
    let cut = "['data-title', 'data-count', 'net-title'].map((id) => document.getElementById(id))
        .filter((part) => part.checkVisibility())
        .map((part) => part.closest('h2')).filter((head) => head.scrollWidth > head.clientWidth + 1)
        .map((head) => head.textContent)";
    browse("", async |page| {
        for link in ["problem=mean", "net=4,2"] {
            page.turn_to(&format!("{link}&step=0&paused=yes")).await;
            for width in [320, 390, 700, 860, 980, 1024, 1060, 1100, 1180, 1440] {
                page.screen(Screen { width, height: 800, ratio: 1.0, phone: false }).await;
                page.painted().await;
                let cut: Vec<String> = page.eval(cut).await;
                assert!(cut.is_empty(), "{link} at {width}: {cut:?}");
            }
        }
    });
}

#[test]
fn present_is_large_at_once() {
    browse("step=20", async |page| {
        let size = "parseFloat(getComputedStyle(document.documentElement).fontSize)";
        let before: f64 = page.eval(size).await;
        let [_, _, width, _] = page.rectangle("#plot").await;
        page.click("#present").await;
        page.painted().await;
        assert!(page.eval::<f64>(size).await > 1.3 * before);
        assert!(page.rectangle("#plot").await[2] > 0.95 * width);
        assert_fits(page, "present").await;
        // The canvases have the new size, at once.
        let sharp: bool = page
            .eval(
                "[...document.querySelectorAll('#plot canvas')].every((canvas) =>
                    Math.abs(canvas.width - canvas.parentElement.clientWidth * devicePixelRatio) < 1.5)",
            )
            .await;
        assert!(sharp);
        page.wait_for("location.hash.includes('present=yes')").await;
        page.click("#present").await;
        page.painted().await;
        assert_eq!(page.eval::<f64>(size).await, before);
        assert_eq!(page.step().await, 20);
    });
}
