use std::path::PathBuf;

use super::*;

fn site(modules: &[(&str, &str)]) -> Files {
    let index = "<html>\n<head>\n<meta http-equiv=\"Content-Security-Policy\" content=\"\">\n\
        <link rel=\"icon\" href=\"www/mark.svg\">\n<link rel=\"stylesheet\" href=\"www/index.css\">\n\
        <script src=\"www/opening/start.js\" defer></script>\n\
        <link rel=\"modulepreload\" href=\"www/a.js\">\n</head>\n\
        <body>\n<a href=\"./\">Ravine</a>\n</body>\n</html>\n";
    let mut files: Vec<(&str, &str)> = vec![
        ("index.html", index),
        ("www/index.css", "a {}\n"),
        ("www/reference.css", "b {}\n"),
        ("www/mark.svg", "<svg/>"),
        ("reference.html", "<link rel=\"stylesheet\" href=\"www/reference.css\">\n"),
        ("core/ravine_bg.wasm", "core"),
        ("tools/ravine_bg.wasm", "tools"),
    ];
    files.extend(modules);
    files.into_iter().map(|(name, text)| (PathBuf::from(name), text.into())).collect()
}

#[test]
fn modules_stand_behind_what_they_import_and_name_it() {
    let files = site(&[
        ("www/a.js", "import { b } from './b/b.js';\nimport('../core/ravine.js');\na;\n"),
        ("www/b/b.js", "import { c } from '../c.js'; b;"),
        ("www/c.js", "'./c.js'; import.meta.url;"),
        ("core/ravine.js", "core;"),
        (START, "not a module"),
    ]);
    let texts = [
        ("core/ravine.js", "core;"),
        ("www/c.js", "'./c.js'; import.meta.url;"),
        ("www/b/b.js", "import { c } from 'within:www/c.js'; b;"),
        (
            "www/a.js",
            "import { b } from 'within:www/b/b.js';\nimport('within:core/ravine.js');\na;\n",
        ),
    ];
    assert_eq!(modules(&files).unwrap(), texts.map(|(a, b)| (a.to_owned(), b.to_owned())));
}

#[test]
fn modules_that_are_missing_or_import_themselves_are_refused() {
    let none = site(&[("www/a.js", "import './none.js';")]);
    assert!(modules(&none).unwrap_err().0.contains("www/none.js"));
    let circle = site(&[("www/a.js", "import './b.js';"), ("www/b.js", "import('./a.js');")]);
    let refused = modules(&circle).unwrap_err().0;
    assert!(refused.contains("www/a.js imports itself, by www/a.js, www/b.js"), "{refused}");
}

#[test]
fn nothing_of_a_single_file_is_elsewhere_and_its_script_and_styles_have_their_digests() {
    let file = template(&site(&[]), "start();").unwrap();
    assert!(is_single(&file) && !is_single(b"<script type=\"application/json\">"));
    let text = String::from_utf8(file.clone()).unwrap();
    for left in ["www/", "href=\"./\"", "modulepreload", "src="] {
        let parts =
            text.replace("id=\"within:core/", "").replace("script-src", "").replace("img-src", "");
        let parts =
            parts.replace("-src 'none'", "").replace("worker-src", "").replace("style-src", "");
        assert!(!parts.contains(left), "{left}: {parts}");
    }
    // As `openssl dgst -sha256 -binary | base64` has it.
    for digest in [("start();"), "a {}\n", "b {}\n"] {
        let digest = BASE64_STANDARD.encode(Sha256::digest(digest));
        assert!(text.contains(&format!("'sha256-{digest}'")), "{text}");
    }
    assert!(text.contains("<style>a {}\n</style>") && text.contains("<script>start();</script>"));
    assert!(text.contains("connect-src 'none'"));
    assert_eq!(file, template(&site(&[]), "start();").unwrap(), "the same on every machine");
}

#[test]
fn what_is_inside_can_be_another_and_ends_no_script() {
    let file = template(&site(&[]), "start();").unwrap();
    let inside = Inside {
        link: "f=x</script>".into(),
        lesson: Some(("week3.json".into(), "{\"title\": \"</script>\"}".into())),
    };
    let with = String::from_utf8(filled(&file, &inside).unwrap()).unwrap();
    let said = r#"{"link":"f=x\u003c/script>","lesson":{"name":"week3.json","text":"{\"title\": \"\u003c/script>\"}"}}"#;
    assert!(with.contains(&format!("{INSIDE}{said}</script>")), "{with}");
    assert_eq!(filled(with.as_bytes(), &Inside::default()).unwrap(), file);
    assert!(filled(b"<html>", &inside).is_err());
}
