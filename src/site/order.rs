//! The functions of the core in an order in which gzip makes least of them.
//!
//! Sorted by their names they would be 8 KB larger, as the linker leaves them 11 KB.

use super::likeness::by_likeness;
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{CodeSection, FunctionSection, Module};
use wasmparser::{
    BinaryReaderError, CodeSectionReader, CustomSectionReader, FunctionSectionReader, Parser,
    Payload, TypeRef,
};

/// The same core with functions that are alike side by side, without their names and without
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
        let mut bodies = Vec::new();
        for payload in Parser::new(0).parse_all(core) {
            match payload? {
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        if let TypeRef::Func(_) | TypeRef::FuncExact(_) = import?.ty {
                            imports += 1;
                        }
                    }
                }
                Payload::CodeSectionEntry(body) => bodies.push(&core[body.range()]),
                _ => {}
            }
        }
        let first_to_last = by_likeness(&bodies);
        let mut places = vec![0; bodies.len()];
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
            if let Some(of_type) = types.get(function) {
                functions.function(*of_type);
            }
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

    /// Three functions in this order: 0 and 2 are alike, and 1 calls both. 2 is exported.
    fn core(order: [u32; 3], with_names: bool) -> Vec<u8> {
        let place = |function| (0..).zip(order).find(|(_, there)| *there == function).unwrap().0;
        let (mut types, mut functions) = (TypeSection::new(), FunctionSection::new());
        let (mut exports, mut code) = (ExportSection::new(), CodeSection::new());
        types.ty().function([], [ValType::F64]);
        types.ty().function([], [ValType::F64, ValType::F64]);
        exports.export("called", ExportKind::Func, place(2));
        let mut names = NameMap::new();
        for function in order {
            let mut body = Function::new([]);
            if function == 1 {
                functions.function(1);
                body.instructions().call(place(0)).call(place(2)).end();
            } else {
                functions.function(0);
                body.instructions().f64_const(0.1.into()).f64_const(0.2.into());
                let number = f64::from(function);
                body.instructions().f64_mul().f64_const(number.into()).f64_add().end();
            }
            code.function(&body);
            names.append(place(function), "name");
        }
        let mut module = Module::new();
        module.section(&types).section(&functions).section(&exports).section(&code);
        if with_names {
            let mut section = NameSection::new();
            section.functions(&names);
            module.section(&section);
        }
        module.finish()
    }

    #[test]
    fn functions_that_are_alike_come_together_and_who_calls_them_finds_them() {
        assert_eq!(ordered(&core([0, 1, 2], true)).unwrap(), core([0, 2, 1], false));
        assert_eq!(ordered(&core([2, 0, 1], true)).unwrap(), core([2, 0, 1], false));
    }

    #[test]
    fn what_is_no_core_is_refused() {
        let core = core([0, 1, 2], true);
        assert!(ordered(&core[..core.len() / 2]).is_err());
        assert!(ordered(b"no core").is_err());
    }
}
