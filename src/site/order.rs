//! The functions of the core in the order of their names.
//!
//! Those of one module, and the copies of one function, resemble each other. Gzip looks back only
//! 32 KB, so it must find them side by side: 3 KB.

use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{CodeSection, FunctionSection, Module};
use wasmparser::{
    BinaryReaderError, CodeSectionReader, CustomSectionReader, FunctionSectionReader, KnownCustom,
    Name, Parser, Payload, TypeRef,
};

/// The same core with its functions in the order of their names, without the names and without
/// anything else that a browser does not need.
///
/// # Errors
/// What is wrong with the core, if it is none.
pub fn ordered(core: &[u8]) -> Result<Vec<u8>, Error> {
    let mut module = Module::new();
    Order::of(core)?.parse_core_module(&mut module, Parser::new(0), core)?;
    Ok(module.finish())
}

/// An order of a module's functions.
struct Order {
    /// How many are imported: these come first, and stay.
    imports: u32,
    /// The others: first the one that comes first.
    first_to_last: Vec<usize>,
    /// The place of each.
    places: Vec<u32>,
}

impl Order {
    fn of(core: &[u8]) -> Result<Self, BinaryReaderError> {
        let mut imports = 0;
        let mut names = Vec::new();
        for payload in Parser::new(0).parse_all(core) {
            match payload? {
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        if let TypeRef::Func(_) | TypeRef::FuncExact(_) = import?.ty {
                            imports += 1;
                        }
                    }
                }
                Payload::FunctionSection(section) => {
                    names = vec![""; section.count() as usize];
                }
                Payload::CustomSection(section) => {
                    let KnownCustom::Name(section) = section.as_known() else { continue };
                    for named in section {
                        let Name::Function(functions) = named? else { continue };
                        for function in functions {
                            let function = function?;
                            let own = function.index.checked_sub(imports);
                            if let Some(name) = own.and_then(|own| names.get_mut(own as usize)) {
                                *name = function.name;
                            }
                        }
                    }
                }
                _ => {}
            }
        }
        let mut first_to_last: Vec<usize> = (0..names.len()).collect();
        first_to_last.sort_by_key(|&function| names[function]);
        let mut places = vec![0; names.len()];
        for (place, &function) in (imports..).zip(&first_to_last) {
            places[function] = place;
        }
        Ok(Self { imports, first_to_last, places })
    }
}

impl Reencode for Order {
    type Error = std::convert::Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error> {
        let own = function.checked_sub(self.imports);
        Ok(own.and_then(|own| self.places.get(own as usize)).copied().unwrap_or(function))
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<(), Error> {
        let types = section.into_iter().collect::<Result<Vec<_>, _>>()?;
        for &function in &self.first_to_last {
            functions.function(types[function]);
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result<(), Error> {
        let bodies = section.into_iter().collect::<Result<Vec<_>, _>>()?;
        for function in self.first_to_last.clone() {
            if let Some(body) = bodies.get(function) {
                self.parse_function_body(code, body.clone())?;
            }
        }
        Ok(())
    }

    fn parse_custom_section(
        &mut self,
        _: &mut Module,
        _: CustomSectionReader<'_>,
    ) -> Result<(), Error> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{
        ExportKind, ExportSection, Function, NameMap, NameSection, TypeSection, ValType,
    };

    /// Two functions, the one that is exported and the one that calls it, each with its name.
    fn core(called: u32, names: Option<[&str; 2]>) -> Vec<u8> {
        let (mut types, mut functions) = (TypeSection::new(), FunctionSection::new());
        let (mut exports, mut code) = (ExportSection::new(), CodeSection::new());
        types.ty().function([], [ValType::F64]);
        types.ty().function([], [ValType::F64, ValType::F64]);
        exports.export("called", ExportKind::Func, called);
        for function in 0..2 {
            let mut body = Function::new([]);
            if function == called {
                functions.function(0);
                body.instructions().f64_const(2.0.into()).end();
            } else {
                functions.function(1);
                body.instructions().call(called).call(called).end();
            }
            code.function(&body);
        }
        let mut module = Module::new();
        module.section(&types).section(&functions).section(&exports).section(&code);
        if let Some(names) = names {
            let (mut section, mut map) = (NameSection::new(), NameMap::new());
            for (function, name) in (0..).zip(names) {
                map.append(function, name);
            }
            section.functions(&map);
            module.section(&section);
        }
        module.finish()
    }

    #[test]
    fn functions_change_places_and_who_calls_them_finds_them() {
        let named = |names| ordered(&core(0, Some(names))).unwrap();
        assert_eq!(named(["a", "b"]), core(0, None));
        assert_eq!(named(["b", "a"]), core(1, None));
    }

    #[test]
    fn what_is_no_core_is_refused() {
        let core = core(0, Some(["a", "b"]));
        assert!(ordered(&core[..core.len() / 2]).is_err());
        assert!(ordered(b"no core").is_err());
    }
}
