//! A script as a Jupyter notebook, nbformat 4: its blocks as cells, and a picture.

use serde_json::{Value, json};

use super::Script;

/// The notebook of a script.
pub fn notebook(script: &Script) -> String {
    let Script { title, about, imports, definitions, runs, picture, check } = script;
    let mut cells = vec![(false, format!("# {title}\n\n{}", about.join("\n\n")))];
    cells.push((true, imports.join("\n").trim().to_owned()));
    let code = definitions.iter().chain([runs, picture, check]);
    cells.extend(code.filter(|block| !block.is_empty()).map(|block| (true, block.clone())));
    let cells: Vec<Value> = (cells.into_iter().enumerate())
        .map(|(index, (is_code, text))| {
            let source: Vec<&str> = text.split_inclusive('\n').collect();
            let id = format!("cell-{}", index + 1);
            if is_code {
                json!({
                    "cell_type": "code",
                    "execution_count": null,
                    "id": id,
                    "metadata": {},
                    "outputs": [],
                    "source": source,
                })
            } else {
                json!({ "cell_type": "markdown", "id": id, "metadata": {}, "source": source })
            }
        })
        .collect();
    let notebook = json!({
        "cells": cells,
        "metadata": {
            "kernelspec": { "display_name": "Python 3", "language": "python", "name": "python3" },
            "language_info": { "name": "python" },
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    });
    format!("{notebook:#}\n")
}
