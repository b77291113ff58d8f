//! Beyond one path: what many runs lead to. Its scenes are some of the labs' own, whose claims are computed
//! in `tests/labs/scenes`.

use ravine::labs::KINDS;
use ravine::labs::lesson::built_in;

#[test]
fn its_scenes_say_what_those_of_the_labs_do() {
    let lesson = &built_in()[2];
    assert_eq!(lesson.key, "beyond-one-path");
    for scene in &lesson.scenes {
        let mut presets = KINDS.iter().flat_map(|kind| kind.presets);
        let preset = presets.find(|preset| preset.title == scene.title);
        let preset = preset.unwrap_or_else(|| panic!("no lab has a scene “{}”", scene.title));
        assert_eq!((&*scene.link, &*scene.text), (preset.link, preset.sentence));
    }
}
