//! The page's modules as a browser gets them: one file, without comments and with short names.
//!
//! A name that nobody outside reads needs no more than a letter, and one file compresses far
//! better than many: 26 KB of gzip become 14.

use std::collections::BTreeMap;

use oxc_allocator::Allocator;
use oxc_codegen::{Codegen, CodegenOptions};
use oxc_minifier::{MangleOptions, Minifier, MinifierOptions};
use oxc_parser::{Parser, ParserReturn};
use oxc_span::{SourceType, Span};

use super::Failure;

/// Modules by their names, and the text of each.
pub type Modules = BTreeMap<String, String>;

/// The module `first` together with all that it imports, as one module.
///
/// Each of the others becomes a function that is called once and returns what it exports, before
/// those that import from it:
///
/// ```text
/// import { b } from './b.js';      const module0 = (() => { const B = 2; … return { b }; })();
/// export const a = () => b();      const module1 = (() => { const { b } = module0; …
/// ```
///
/// An import that does not begin with `./` stays what it is.
///
/// # Errors
/// When a module is no JavaScript, or imports or exports in a way that is not known here: known
/// are `import { a, b as c } from './…';` and `export` in front of a `const`, a `function` or a
/// `class`. A circle of imports has no first module, and is an error too.
pub fn bundled(first: &str, modules: &Modules) -> Result<String, Failure> {
    let mut bundle = Bundle { modules, begun: Vec::new(), done: Vec::new(), outer: String::new() };
    let functions = bundle.with_all_before(first)?;
    Ok(bundle.outer + &functions)
}

/// A module without comments, its own names as short as can be. What it exports keeps its name.
///
/// # Errors
/// When it is no JavaScript.
pub fn shortened(name: &str, module: &str) -> Result<String, Failure> {
    let allocator = Allocator::default();
    let mut program = parsed(&allocator, name, module)?.program;
    let names = MangleOptions { top_level: true, ..MangleOptions::default() };
    let options = MinifierOptions { mangle: Some(names), ..MinifierOptions::default() };
    let minified = Minifier::new(options).minify(&allocator, &mut program);
    Ok(Codegen::new()
        .with_options(CodegenOptions::minify())
        .with_scoping(minified.scoping)
        .with_private_member_mappings(minified.class_private_mappings)
        .build(&program)
        .code)
}

fn parsed<'a>(
    allocator: &'a Allocator,
    name: &str,
    module: &'a str,
) -> Result<ParserReturn<'a>, Failure> {
    let parsed = Parser::new(allocator, module, SourceType::mjs()).parse();
    match parsed.errors.first() {
        Some(error) => Err(Failure(format!("{name} is no JavaScript: {error}."))),
        None => Ok(parsed),
    }
}

struct Bundle<'a> {
    modules: &'a Modules,
    /// The modules whose imports are being looked at: each imports the next.
    begun: Vec<String>,
    /// The modules that are in the bundle; the place of each is the number in its name there.
    done: Vec<String>,
    /// The imports that stay imports.
    outer: String,
}

impl Bundle<'_> {
    /// A module as a part of the bundle, after all those that it needs and that are not there yet.
    fn with_all_before(&mut self, name: &str) -> Result<String, Failure> {
        let wrong = |what: &str| Failure(format!("{name} cannot go into the page's file: {what}."));
        let source = self.modules.get(name).ok_or_else(|| wrong("there is no such module"))?;
        let allocator = Allocator::default();
        let record = parsed(&allocator, name, source)?.module_record;
        if !(record.indirect_export_entries.is_empty() && record.star_export_entries.is_empty()) {
            return Err(wrong("it exports what is another module's"));
        }
        if self.begun.iter().any(|begun| begun == name) {
            return Err(wrong("it imports a module that needs it first"));
        }
        self.begun.push(name.to_owned());

        let mut before = String::new();
        let mut body = source.clone();
        // From the last to the first: what stands before a change stays where it is.
        let mut changes: Vec<(Span, String)> = Vec::new();
        for request in &record.requested_modules {
            for place in request.1 {
                let statement = place.statement_span;
                let text = statement.source_text(source);
                let Some(other) = request.0.strip_prefix("./") else {
                    self.outer.push_str(text);
                    self.outer.push('\n');
                    changes.push((statement, String::new()));
                    continue;
                };
                let names = (text.strip_prefix("import"))
                    .and_then(|text| text.trim_start().strip_prefix('{'))
                    .and_then(|text| text.split_once('}'))
                    .ok_or_else(|| wrong(&format!("`{text}` is more than a list of names")))?
                    .0;
                if !self.done.iter().any(|done| done == other) {
                    before.push_str(&self.with_all_before(other)?);
                }
                let number = self.done.iter().position(|done| done == other).unwrap_or_default();
                let names = names.replace(" as ", ": ");
                changes.push((statement, format!("const {{{names}}} = module{number};")));
            }
        }
        let mut exports = Vec::new();
        for export in &record.local_export_entries {
            let statement = export.statement_span;
            let declared = statement.source_text(source).trim_start_matches("export").trim_start();
            let fixed = ["const ", "function ", "async function ", "class "];
            match export.local_name.name() {
                Some(local) if fixed.iter().any(|word| declared.starts_with(word)) => {
                    exports.push(local.as_str());
                    let word = Span::sized(statement.start, 6);
                    changes.push((word, String::new()));
                }
                _ => return Err(wrong("it exports what is no constant, function or class")),
            }
        }
        // One statement may export several constants.
        changes.sort_by_key(|(span, _)| span.start);
        changes.dedup();
        for (span, text) in changes.iter().rev() {
            body.replace_range(span.start as usize..span.end as usize, text);
        }

        self.begun.pop();
        if self.begun.is_empty() {
            // The first module may wait for something, and needs no function around it.
            return Ok(before + &body);
        }
        let number = self.done.len();
        self.done.push(name.to_owned());
        let exports = exports.join(", ");
        Ok(format!(
            "{before}const module{number} = (() => {{{body}\nreturn {{ {exports} }};\n}})();\n"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn modules(texts: &[(&str, &str)]) -> Modules {
        texts.iter().map(|&(name, text)| (name.to_owned(), text.to_owned())).collect()
    }

    #[test]
    fn a_module_stands_before_those_that_import_from_it_and_only_once() {
        let modules = modules(&[
            ("a.js", "import { b } from './b.js';\nimport { c as d } from './c.js';\nb(d);"),
            ("b.js", "import { c } from './c.js';\nexport function b() { c(); }"),
            ("c.js", "const own = 1;\nexport const c = () => own, more = 2;"),
            ("types.js", "export {};"),
        ]);
        let expected = "const module0 = (() => {const own = 1;\n const c = () => own, more = 2;\n\
            return { c, more };\n})();\n\
            const module1 = (() => {const { c } = module0;\n function b() { c(); }\n\
            return { b };\n})();\n\
            const { b } = module1;\nconst { c: d } = module0;\nb(d);";
        assert_eq!(bundled("a.js", &modules).unwrap(), expected);
    }

    #[test]
    fn what_lies_outside_is_still_imported() {
        let modules = modules(&[
            ("a.js", "import { b } from './b.js';\nb();"),
            ("b.js", "import init, { Lab } from '../core.js';\nexport const b = () => init(Lab);"),
        ]);
        let bundle = bundled("a.js", &modules).unwrap();
        assert!(bundle.starts_with("import init, { Lab } from '../core.js';\nconst module0"));
    }

    #[test]
    fn what_would_not_run_is_refused() {
        for (text, why) in [
            ("export let a = 1;", "no constant"),
            ("export default 1;", "no constant"),
            ("const a = 1; export { a };", "no constant"),
            ("export { c } from './c.js';", "another module's"),
            ("export * from './c.js';", "another module's"),
            ("import * as c from './c.js';", "more than a list of names"),
            ("import c from './c.js';", "more than a list of names"),
            ("import { a } from './a.js';", "needs it first"),
            ("import { d } from './d.js';", "no such module"),
            ("const;", "no JavaScript"),
        ] {
            let modules = modules(&[
                ("a.js", "import { b } from './b.js';"),
                ("b.js", text),
                ("c.js", "export const c = 1;"),
            ]);
            let failure = bundled("a.js", &modules).unwrap_err().0;
            assert!(failure.contains(why), "{text}: {failure}");
        }
    }

    #[test]
    fn only_exported_names_are_kept() {
        let module = "// One.\nconst anything = f(1), other = f(2);\n\
                      export const kept = () => [anything, other, anything];\n";
        let short = shortened("a.js", module).unwrap();
        assert!(short.contains("kept") && !short.contains("anything"), "{short}");
        assert!(short.len() < 60, "{short}");
    }
}
