use super::*;
use crate::math::random::Random;

/// A folder of its own for a test, empty, and gone with it.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let place = std::env::temp_dir().join(format!("ravine-{}-{name}", std::process::id()));
        fs::create_dir_all(&place).unwrap();
        Self(place)
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn put(&self, name: &str, content: &str) {
        fs::create_dir_all(self.at(name).parent().unwrap()).unwrap();
        fs::write(self.at(name), content).unwrap();
    }

    fn read(&self, name: &str) -> Option<String> {
        fs::read_to_string(self.at(name)).ok()
    }

    /// Every file and link below, links not followed.
    fn names(&self) -> Vec<String> {
        fn walk(place: &Path, names: &mut Vec<PathBuf>) {
            for entry in fs::read_dir(place).unwrap() {
                let entry = entry.unwrap();
                match entry.file_type().unwrap().is_dir() {
                    true => walk(&entry.path(), names),
                    false => names.push(entry.path()),
                }
            }
        }
        let mut names = vec![];
        walk(&self.0, &mut names);
        let short = |name: &PathBuf| name.strip_prefix(&self.0).unwrap().display().to_string();
        let mut names: Vec<_> = names.iter().map(short).collect();
        names.sort();
        names
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn files(files: &[(&str, &str)]) -> BTreeMap<PathBuf, Vec<u8>> {
    files.iter().map(|(name, content)| (PathBuf::from(name), content.as_bytes().to_vec())).collect()
}

const SITE: [(&str, &str); 4] = [
    ("index.html", "page"),
    ("core/ravine_bg.wasm", "core"),
    ("www/main.js", "main"),
    ("www/out/deep.js", "deep"),
];

fn build(root: &Path, site: &[(&str, &str)]) -> Result<bool, Failure> {
    Folder::open(root)?.update(&files(site))
}

/// Refused, with these words.
#[track_caller]
fn assert_refused(root: &Path, site: &[(&str, &str)], words: &str) {
    let Failure(why) = build(root, site).unwrap_err();
    assert!(why.contains(words), "{why}");
}

#[test]
fn a_later_build_removes_what_an_earlier_one_wrote_and_nothing_else() {
    let scratch = Scratch::new("later");
    assert_eq!(build(&scratch.0, &SITE), Ok(true));
    assert_eq!(build(&scratch.0, &SITE), Ok(false));
    scratch.put("www/mine.js", "mine");
    scratch.put("core/notes/mine.txt", "mine");
    scratch.put("CNAME", "example.org");
    assert_eq!(build(&scratch.0, &SITE), Ok(false));
    assert_eq!(build(&scratch.0, &SITE[..2]), Ok(true));
    let left =
        [LIST, "CNAME", "core/notes/mine.txt", "core/ravine_bg.wasm", "index.html", "www/mine.js"];
    assert_eq!(scratch.names(), left);
    assert!(!scratch.at("www/out").exists(), "a folder that is empty without it");
    assert_eq!(build(&scratch.0, &[("index.html", "new page"), SITE[1]]), Ok(true));
    assert_eq!(scratch.read("index.html").unwrap(), "new page");
}

#[test]
fn what_its_owner_has_edited_is_not_removed() {
    let scratch = Scratch::new("edited");
    build(&scratch.0, &SITE).unwrap();
    scratch.put("www/main.js", "edited");
    assert_eq!(build(&scratch.0, &SITE[..2]), Ok(true));
    assert_eq!(scratch.read("www/main.js").unwrap(), "edited");
    assert_eq!(scratch.read("www/out/deep.js"), None);
    // From now on it is its owner's.
    assert_refused(&scratch.0, &SITE, "main.js is not a file that a build wrote");
    assert_eq!(scratch.read("www/main.js").unwrap(), "edited");
}

#[test]
fn a_site_of_a_version_without_a_list_is_brought_up_to_date_and_keeps_other_files() {
    let scratch = Scratch::new("old");
    for (name, content) in SITE {
        scratch.put(name, content);
    }
    scratch.put("www/mine.js", "mine");
    let site = [("index.html", "new"), ("core/ravine_bg.wasm", "new"), ("www/new.js", "new")];
    assert_eq!(build(&scratch.0, &site), Ok(true));
    assert_eq!(scratch.read("index.html").unwrap(), "new");
    for (name, content) in [SITE[2], SITE[3], ("www/mine.js", "mine")] {
        assert_eq!(scratch.read(name).unwrap(), content, "{name}");
    }
    // From now on there is a list.
    assert_refused(&scratch.0, &[("www/mine.js", "the site's")], "mine.js is not a file that");
}

#[test]
fn files_that_are_no_site_are_refused() {
    let scratch = Scratch::new("thesis");
    scratch.put("index.html", "my thesis");
    assert_refused(&scratch.0, &SITE, "holds files that are not a site of Ravine's");
    assert_eq!(scratch.names(), ["index.html"]);
    assert_refused(&scratch.at("index.html"), &SITE, "index.html is not a folder");
}

#[test]
fn a_list_leads_to_no_place_outside_of_its_folder() {
    let scratch = Scratch::new("hostile");
    scratch.put("thesis.txt", "thesis");
    let digest = digest(b"thesis");
    let absolute = scratch.at("thesis.txt").display().to_string();
    for name in ["../thesis.txt", "www/../../thesis.txt", "./x", &absolute, "", ".."] {
        scratch.put("site/.ravine-files", &format!("{HEAD}{digest:016x}  {name}\n"));
        assert_refused(&scratch.at("site"), &SITE, "line 2: this is no list");
        assert_eq!(scratch.names(), ["site/.ravine-files", "thesis.txt"], "{name}");
    }
    scratch.put("site/.ravine-files", "a shopping list\n");
    assert_refused(&scratch.at("site"), &SITE, "line 1: this is no list");
}

#[test]
fn a_build_that_was_interrupted_is_finished_by_the_next() {
    let scratch = Scratch::new("interrupted");
    build(&scratch.0, &SITE).unwrap();
    let newer = [("index.html", "newer"), ("core/ravine_bg.wasm", "newer"), ("www/new.js", "new")];
    // As it is after the first of the files: the list names what both builds wrote.
    let entries = [&SITE[..], &newer].concat();
    let entries = entries.iter().map(|(name, text)| (Path::new(name), digest(text.as_bytes())));
    scratch.put(LIST, &list_of(entries));
    scratch.put("core/ravine_bg.wasm", "newer");
    scratch.put(PART, "ha");
    assert_eq!(build(&scratch.0, &SITE[..3]), Ok(true));
    assert_eq!(scratch.read("core/ravine_bg.wasm").unwrap(), "core");
    assert_eq!(scratch.names(), [LIST, "core/ravine_bg.wasm", "index.html", "www/main.js"]);
}

#[cfg(unix)]
mod links {
    use super::*;
    use std::os::unix::fs::{MetadataExt, symlink};

    #[test]
    fn no_link_is_followed_wherever_it_stands() {
        for place in ["www", "core", "www/out", "index.html", "www/main.js", LIST, PART] {
            let scratch = Scratch::new("link");
            scratch.put("thesis/deep.js", "deep");
            scratch.put("thesis/main.js", "main");
            scratch.put("thesis.txt", "thesis");
            build(&scratch.at("site"), &SITE).unwrap();
            let link = scratch.at(&format!("site/{place}"));
            let target = match link.is_dir() {
                true => "thesis",
                false => "thesis.txt",
            };
            let aside = scratch.at("aside");
            if link.exists() {
                fs::rename(&link, &aside).unwrap();
            }
            symlink(scratch.at(target), &link).unwrap();
            let before = scratch.names();
            for site in [&SITE[..], &[("index.html", "newer"), ("core/ravine_bg.wasm", "newer")]] {
                if place == PART && site.len() == SITE.len() {
                    // There is nothing to write.
                    assert_eq!(build(&scratch.at("site"), site), Ok(false));
                    continue;
                }
                assert_refused(&scratch.at("site"), site, "is a link");
            }
            assert_eq!(scratch.names(), before, "{place}");
            assert_eq!(scratch.read("thesis.txt").unwrap(), "thesis");
            assert!(link.is_symlink());
        }
    }

    #[test]
    fn the_folder_itself_is_no_link() {
        let scratch = Scratch::new("itself");
        fs::create_dir_all(scratch.at("real")).unwrap();
        symlink(scratch.at("real"), scratch.at("site")).unwrap();
        symlink(scratch.at("nowhere"), scratch.at("broken")).unwrap();
        for name in ["site", "site/", "site/.", "broken"] {
            assert_refused(&scratch.at(name), &SITE, "is a link");
        }
        assert_eq!(scratch.names(), ["broken", "site"]);
    }

    #[test]
    fn a_file_that_has_another_name_elsewhere_is_replaced_and_not_written_into() {
        let scratch = Scratch::new("hard");
        build(&scratch.at("site"), &SITE).unwrap();
        fs::hard_link(scratch.at("site/index.html"), scratch.at("thesis.html")).unwrap();
        build(&scratch.at("site"), &[("index.html", "newer"), SITE[1], SITE[2]]).unwrap();
        assert_eq!(scratch.read("thesis.html").unwrap(), "page");
        assert_eq!(scratch.at("thesis.html").metadata().unwrap().nlink(), 1);
    }

    /// Any folder: sites built one after the other, between them files edited, added, removed and
    /// replaced by links to a folder outside.
    #[test]
    fn builds_in_any_folder_change_only_what_builds_made() {
        const NAMES: [&str; 7] =
            ["index.html", "core/a.js", "www/a.js", "www/b.js", "www/out/c.js", "www/out", "d"];
        let scratch = Scratch::new("any");
        let mut random = Random::new(9);
        let mut refused = 0;
        for case in 0..60 {
            let root = scratch.at(&format!("site{case}"));
            scratch.put("outside/a.js", "outside");
            scratch.put("outside/c.js", "outside");
            let name = |random: &mut Random| NAMES[random.below(NAMES.len() as u32) as usize];
            // What stands where by an owner's hand.
            let mut owned: BTreeMap<String, Vec<u8>> = BTreeMap::new();
            for _ in 0..6 {
                let mut site = BTreeMap::new();
                for name in &NAMES[..6] {
                    if *name != "www/out" && random.below(3) > 0 {
                        let version = random.below(2).to_string();
                        site.insert(PathBuf::from(name), version.into_bytes());
                    }
                }
                let built = Folder::open(&root).and_then(|folder| folder.update(&site));
                refused += u32::from(built.is_err());
                if built.is_ok() {
                    for (name, content) in &site {
                        assert_eq!(fs::read(root.join(name)).unwrap(), *content);
                    }
                }
                for (name, content) in &owned {
                    assert_eq!(fs::read(root.join(name)).ok().as_ref(), Some(content), "{name}");
                }
                assert_eq!(scratch.read("outside/a.js").unwrap(), "outside");
                assert_eq!(scratch.read("outside/c.js").unwrap(), "outside");
                let name = name(&mut random);
                let place = root.join(name);
                let is_there = fs::symlink_metadata(&place).is_ok();
                let parent = place.parent().and_then(|parent| parent.canonicalize().ok());
                if parent.is_none_or(|parent| !parent.is_dir() || !parent.starts_with(&root)) {
                    continue;
                }
                if is_there && random.below(3) == 0 {
                    owned.retain(|other, _| !other.starts_with(name));
                    let gone = scratch.at(&format!("gone{case}"));
                    let _ = fs::remove_dir_all(&gone);
                    let _ = fs::remove_file(&gone);
                    fs::rename(&place, gone).unwrap();
                    if random.below(2) == 0 {
                        symlink(scratch.at("outside"), &place).unwrap();
                    }
                } else if !is_there {
                    // What it puts under a name of the site is the site's to bring up to date.
                    let is_listed = Folder::open(&root).is_ok_and(|folder| {
                        folder.made.iter().flatten().any(|(made, _)| made == Path::new(name))
                    });
                    fs::write(&place, "mine").unwrap();
                    if !is_listed {
                        owned.insert(name.to_owned(), b"mine".to_vec());
                    }
                }
            }
            let _ = fs::remove_dir_all(&root);
        }
        assert!((20..340).contains(&refused), "{refused}");
    }
}
