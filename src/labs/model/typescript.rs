//! What the page is told, as TypeScript: the text of `www/model.d.ts`, which `tsc` checks the
//! page's modules against. `tests/house/typescript.rs` compares the two.

use std::any::TypeId;
use std::collections::BTreeMap;

use ts_rs::{Config, TS, TypeVisitor};

use super::{Catalog, Chosen, Fault, Hover, LinkFault, Live, Model, Opening, Sample, Shot, Table};
use crate::labs::Action;
use crate::labs::lesson::Lesson;

const HEAD: &str = "\
// What the core tells the page, and the page asks of it. Made from Rust types in src/labs and not to be
// edited here: change those, and run RAVINE_WRITE=yes cargo test --test house types

/** A T as JSON; `fromJson` makes a T of it. */
export type Json<T> = string & { [of]: T };
declare const of: unique symbol;
";

/// The declarations of everything that the core tells the page, by their names.
///
/// # Panics
/// When two types have the same name.
pub fn declarations() -> String {
    let mut all = Declarations::default();
    all.visit::<Action>();
    all.visit::<Catalog>();
    all.visit::<Model>();
    all.visit::<Live>();
    all.visit::<Hover>();
    all.visit::<Chosen>();
    all.visit::<Table>();
    all.visit::<Sample>();
    all.visit::<Shot>();
    all.visit::<Fault>();
    all.visit::<LinkFault>();
    all.visit::<Opening>();
    all.visit::<Lesson>();
    let texts = all.0.into_values().map(|(_, text)| text);
    [HEAD.to_owned()].into_iter().chain(texts).collect::<Vec<_>>().join("\n")
}

/// By the name of each: whose it is, and its text.
#[derive(Default)]
struct Declarations(BTreeMap<String, (TypeId, String)>);

impl TypeVisitor for Declarations {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        // Only what is derived has a path; numbers, texts and lists are written out where they stand.
        if T::output_path().is_none() {
            return;
        }
        let config = Config::new();
        let declaration = || (T::docs().unwrap_or_default(), T::decl(&config));
        if self.take(TypeId::of::<T>(), T::name(&config), &declaration) {
            T::visit_dependencies(self);
        }
    }
}

impl Declarations {
    /// Takes down a type, of which this tells the docs and the declaration; tells whether it is new. What is the
    /// same for all types is compiled once.
    fn take(
        &mut self,
        id: TypeId,
        name: String,
        declaration: &dyn Fn() -> (String, String),
    ) -> bool {
        if let Some((other, _)) = self.0.get(&name) {
            assert_eq!(*other, id, "two types are called {name}");
            return false;
        }
        let (docs, declaration) = declaration();
        let declaration = match declaration.split_once(" = ") {
            Some((name, union)) if union.contains("} | {") => {
                format!("{name} ={}", variants(union))
            }
            _ => declaration,
        };
        let text = laid_out(&format!("{docs}export {declaration}"));
        self.0.insert(name, (id, text));
        true
    }
}

/// The variants of a union, a line for each, without the comments on their fields.
fn variants(union: &str) -> String {
    let is_code = |line: &&str| !line.starts_with("/**") && !line.starts_with(" *");
    let code = union.lines().filter(is_code).collect::<Vec<_>>().join(" ");
    let words = code.split_whitespace().collect::<Vec<_>>().join(" ").replace(", }", " }");
    words
        .split(" | {")
        .map(|variant| {
            let variant = variant.strip_prefix('{').unwrap_or(variant);
            format!("\n  | {{{variant}")
        })
        .collect()
}

/// A declaration with a line for each field and for each comment that finds room in one.
fn laid_out(declaration: &str) -> String {
    let declaration = declaration.replace(", };", ",\n};").replace("[`", "`").replace("`]", "`");
    let mut text = String::new();
    let mut indent = "";
    let mut lines = declaration.lines().map(str::trim_end);
    while let Some(line) = lines.next() {
        if line == "};" {
            indent = "";
        }
        text += indent;
        text += line;
        if line == "/**" {
            let comment: Vec<&str> = lines.by_ref().take_while(|line| *line != " */").collect();
            match comment[..] {
                [only] => text += only.strip_prefix(" *").unwrap_or(only),
                _ => comment.iter().for_each(|line| text += &format!("\n{indent}{line}")),
            }
            text += if comment.len() == 1 { " */" } else { "\n */" };
        }
        text.push('\n');
        if line.ends_with(" = {") {
            indent = "  ";
        }
    }
    text
}
