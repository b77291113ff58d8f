//! The hand on the page: mouse, fingers, keys, and text that is given.

use serde_json::{Value, json};
use thirtyfour::Key;

use super::Page;

impl Page {
    /// Clicks the middle of an element as who sees it does: once it stands still and nothing is
    /// before it. What stays covered is clicked all the same, after half a second.
    pub async fn click(&self, selector: &str) {
        let place: Option<[f64; 2]> = self
            .call(
                "const [selector] = arguments;
                 const frame = () => new Promise((done) => {
                     requestAnimationFrame(done);
                     setTimeout(done, 100);
                 });
                 let stood = '';
                 const start = performance.now();
                 while (true) {
                     const element = document.querySelector(selector);
                     if (!element) return null;
                     element.scrollIntoView({ block: 'nearest', behavior: 'instant' });
                     const { left, top, width, height } = element.getBoundingClientRect();
                     const middle = [left + width / 2, top + height / 2];
                     const stands = JSON.stringify([left, top, width, height]);
                     const seen = document.elementFromPoint(...middle);
                     const free = seen && (element.contains(seen) || seen.contains(element));
                     if (free && stands === stood || performance.now() - start > 500) return middle;
                     stood = stands;
                     await frame();
                 }",
                json!([selector]),
            )
            .await;
        let place = place.unwrap_or_else(|| panic!("There is no {selector} on the page."));
        self.click_at(place).await;
    }

    /// Clicks a button that opens a dialog, and waits for it: what is in it may be loaded only then.
    pub async fn open_dialog(&self, button: &str, dialog: &str) {
        self.click(button).await;
        self.wait_for(&format!("document.getElementById('{dialog}').open")).await;
    }

    /// Clicks a place.
    pub async fn click_at(&self, place: [f64; 2]) {
        self.drag(&[place]).await;
    }

    /// Moves the mouse, no button down.
    pub async fn move_to(&self, place: [f64; 2]) {
        self.mouse("mouseMoved", place, 0).await;
    }

    /// Presses the left button at the first place, moves through the others, and releases it at
    /// the last.
    pub async fn drag(&self, places: &[[f64; 2]]) {
        let [first, .., last] = places else {
            let [place] = places else { return };
            return Box::pin(self.drag(&[*place, *place])).await;
        };
        self.move_to(*first).await;
        self.mouse("mousePressed", *first, 1).await;
        for place in &places[1..] {
            if place != first {
                self.mouse("mouseMoved", *place, 1).await;
            }
        }
        self.mouse("mouseReleased", *last, 0).await;
    }

    /// Clicks a place with the right button.
    pub async fn right_click_at(&self, [x, y]: [f64; 2]) {
        self.move_to([x, y]).await;
        for (kind, buttons) in [("mousePressed", 2), ("mouseReleased", 0)] {
            let event = json!({
                "type": kind, "x": x, "y": y, "button": "right", "buttons": buttons, "clickCount": 1,
            });
            self.devtools("Input.dispatchMouseEvent", event).await;
        }
    }

    /// What the dialog of the table says of its text, once that is read: the tools that read it
    /// may still be on their way when all else is painted.
    pub async fn table_summary(&self) -> String {
        self.painted().await;
        self.wait_for("document.getElementById('table').ariaBusy === 'false'").await;
        self.text("#table-summary").await
    }

    /// Takes the table in the dialog, once it is read.
    pub async fn take_table(&self) {
        self.table_summary().await;
        self.click("#table-take").await;
    }

    /// Lets text fall on an element: as a file that is dropped, or as a paste.
    pub async fn give_text(&self, selector: &str, kind: &str, text: &str) {
        self.call::<()>(
            "const [selector, kind, text] = arguments;
             const data = new DataTransfer();
             const options = { bubbles: true, cancelable: true };
             if (kind === 'drop') data.items.add(new File([text], 'data.csv', { type: 'text/csv' }));
             else data.setData('text/plain', text);
             document.querySelector(selector).dispatchEvent(kind === 'drop'
                 ? new DragEvent('drop', { ...options, dataTransfer: data })
                 : new ClipboardEvent('paste', { ...options, clipboardData: data }));",
            json!([selector, kind, text]),
        )
        .await;
    }

    async fn mouse(&self, kind: &str, [x, y]: [f64; 2], buttons: u32) {
        let button = if kind == "mouseMoved" && buttons == 0 { "none" } else { "left" };
        let event = json!({
            "type": kind, "x": x, "y": y, "button": button, "buttons": buttons, "clickCount": 1,
        });
        self.devtools("Input.dispatchMouseEvent", event).await;
    }

    /// Turns the wheel; `down` is what a page would scroll by.
    pub async fn wheel(&self, [x, y]: [f64; 2], down: f64) {
        let event = json!({ "type": "mouseWheel", "x": x, "y": y, "deltaX": 0, "deltaY": down });
        self.devtools("Input.dispatchMouseEvent", event).await;
    }

    /// Puts fingers on the screen, moves them and lifts them: for each moment the place of every
    /// finger.
    pub async fn touch(&self, moments: &[Vec<[f64; 2]>]) {
        // The compositor learns with a frame which places listen to fingers.
        self.painted().await;
        for (moment, fingers) in moments.iter().enumerate() {
            let kind = if moment == 0 { "touchStart" } else { "touchMove" };
            let fingers: Vec<Value> = (fingers.iter().enumerate())
                .map(|(id, [x, y])| json!({ "x": x, "y": y, "id": id }))
                .collect();
            let event = json!({ "type": kind, "touchPoints": fingers });
            self.devtools("Input.dispatchTouchEvent", event).await;
        }
        let event = json!({ "type": "touchEnd", "touchPoints": [] });
        self.devtools("Input.dispatchTouchEvent", event).await;
    }

    /// Types text to the element that has the focus.
    pub async fn type_text(&self, text: &str) {
        self.browser.action_chain().send_keys(text).perform().await.unwrap();
    }

    /// Presses and releases a key, such as `Key::Left` or `'f'`, while `held` are down.
    pub async fn press(&self, held: &[Key], key: impl Into<char>) {
        let mut chain = self.browser.action_chain();
        for held in held {
            chain = chain.key_down(held.clone());
        }
        let key = key.into();
        chain = chain.key_down(key).key_up(key);
        for held in held.iter().rev() {
            chain = chain.key_up(held.clone());
        }
        chain.perform().await.unwrap();
    }

    /// Gives the focus to an element.
    pub async fn focus(&self, selector: &str) {
        self.call::<()>("document.querySelector(arguments[0]).focus();", json!([selector])).await;
    }

    /// Sets a control as a user does who drags or types: its value, then its events.
    pub async fn set(&self, selector: &str, value: &str) {
        self.call::<()>(
            "const [selector, value] = arguments;
             const control = document.querySelector(selector);
             control.value = value;
             for (const kind of ['input', 'change']) {
                 control.dispatchEvent(new Event(kind, { bubbles: true }));
             }",
            json!([selector, value]),
        )
        .await;
    }
}
