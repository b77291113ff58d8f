// What the core tells the page, as types. Nothing here runs.

/**
 * A parameter that the user can set: a slider and a number box, a select or a switch.
 * @typedef {object} Dial
 * @property {string} key      its name in a link, such as "gd.alpha"
 * @property {string} symbol   how formulas write it, such as "α"; may be empty
 * @property {string} label    what the page calls it
 * @property {number} min
 * @property {number} max
 * @property {'linear'|'log'|'cubic'|'integer'|'log-integer'|'choice'|'switch'} scale
 * @property {number} value    of a choice: the index of it
 * @property {string} text     the value as a link writes it
 * @property {number} default
 * @property {{key: string, label: string}[]} [choices]
 * @property {string} [group]  of a setting: the word under which it stands among its like
 */

/**
 * @typedef {object} Run
 * @property {string} name     such as "momentum2"
 * @property {string} rule
 * @property {string} title
 * @property {string} equation MathML
 * @property {Dial[]} dials
 * @property {boolean} hidden
 * @property {string} hiddenKey the key that hides it
 * @property {number} openDials so many of its dials stand open on its card, choices apart
 * @property {boolean} follow   whether the data and the pseudo code are shown for it
 * @property {string} followKey the key whose value is the followed run's name
 * @property {{color: string, dash: number[], marker: string}} look
 */

/**
 * What the runs go down: a surface, or the risk of a problem.
 * @typedef {object} Surface
 * @property {string} key
 * @property {string} choiceKey  the key that chooses one of the gallery
 * @property {string} formulaKey the key of a formula of one's own
 * @property {[string, string]} variables what the two axes are called
 * @property {string} head     MathML of the formula's left side
 * @property {string} own      what the gallery calls a formula of one's own
 * @property {string} hint     what may be typed, with `code` between backticks
 * @property {string} name
 * @property {string} mathml
 * @property {string} text     the formula as it is typed
 * @property {string} plain    the same in plain letters, with a sign for every product
 * @property {boolean} typed   whether the user wrote it
 * @property {string} teaches
 * @property {Dial[]} dials
 * @property {[number, number]} start
 * @property {[number, number, number, number]} window
 */

/**
 * The examples that a risk is the mean over.
 * @typedef {object} Data
 * @property {string} title
 * @property {boolean} own     whether the user gave them
 * @property {number} count
 * @property {Dial[]} dials    how they are generated, and whether they are standardised
 * @property {string} sentence what they do to the risk
 * @property {{sentence: string, offers: {name: string, label: string}[]} | null} unstable why runs cannot but diverge, and what makes them converge
 * @property {string} tooLong  why a link cannot hold them, or nothing
 */

/**
 * What the Network lab has besides. Lengths are CSS pixels of the net's picture.
 * @typedef {object} Net
 * @property {{run: string, title: string, color: string}[]} panels one for each run that is shown
 * @property {string} title
 * @property {string} tick     what the clock counts, such as "epoch"
 * @property {string} layers   the hidden layers as they are typed, such as "4,2"
 * @property {string} netKey   the key that sets them
 * @property {number[]} hidden the units of each of them
 * @property {number} mostLayers
 * @property {number} mostUnits
 * @property {{key: string, symbol: string, on: boolean}[]} features
 * @property {{classes: {name: string, color: string}[], chosen: number} | null} brush what can be drawn by hand
 * @property {NetNode[]} nodes
 * @property {{layer: number, x: number, units: number}[]} heads of the hidden layers, from 1
 * @property {number} tile     the side of a node's tile, in its own pixels
 * @property {string} weightKey the key whose value is the chosen weight's name
 * @property {string | null} pair the two weights that span the plane, if two do
 * @property {string} pairKey
 * @property {{net: Dial[], passes: Dial[], surface: Dial[]}} dials
 */

/**
 * An input (layer −1) or a unit: its upper left corner and its side.
 * @typedef {object} NetNode
 * @property {number} layer
 * @property {number} unit
 * @property {number} x
 * @property {number} y
 * @property {number} side
 * @property {string} label    may be empty
 * @property {string} says     its name for a screen reader
 * @property {string} weight   the name of a weight into it, or out of it
 */

/**
 * @typedef {object} LiveNet
 * @property {number} reached  the tick that the training has reached
 * @property {{title: string, rows: WeightRow[]} | null} unit
 * @property {Passes | null} passes
 * @property {{progress: number, note: string}} surface progress from 0 to 1
 */

/** A weight into the chosen unit. @typedef {{key: string, name: string, from: string, text: string, grad: string, change: string, chosen: boolean}} WeightRow */

/**
 * A stage of the forward and the backward pass: its formulas, and the units that they are of.
 * @typedef {object} Passes
 * @property {string} title
 * @property {number} at       from 1
 * @property {number} count
 * @property {{label: string, pieces: string[]}[]} lines pieces: MathML; a line may be broken between them
 * @property {{layer: number, units: number[]} | null} lit
 */

/** A line of the pseudo code. @typedef {{indent: number, pieces: {text?: string, math?: string}[]}} Line */

/**
 * Everything but the clock.
 * @typedef {object} Model
 * @property {string} lab      the one that is open
 * @property {{key: string, name: string}[]} labs
 * @property {{title: string, runs: string[]}[]} plots one or two, with the names of their runs
 * @property {Data | null} data
 * @property {Line[] | null} code
 * @property {Surface} surface
 * @property {{key: string, name: string}[]} gallery
 * @property {{key: string, name: string}[]} rules
 * @property {{title: string, sentence: string, link: string}[]} presets the scenes
 * @property {number} preset   the one that is open as it came, or −1
 * @property {number} scene    the one that this was opened as, whatever was changed since, or −1
 * @property {Run[]} runs
 * @property {number} mostRuns so many there can be
 * @property {Net | null} net
 * @property {Dial[]} settings
 * @property {number} steps
 * @property {string} chartTitle
 * @property {string} chartNote how soon the runs are down, or nothing
 */

/**
 * What changes with the clock.
 * @typedef {object} Live
 * @property {number} step
 * @property {number} steps
 * @property {boolean} playing
 * @property {number} progress how much of the work is done, from 0 to 1
 * @property {Record<string, string>} sentences by run
 * @property {Record<string, string>} readouts  by run
 * @property {Limit[]} limits
 * @property {string} place    epoch and batch, where there are any
 * @property {LiveCode | null} code
 * @property {string} batch    the batch at hand in one sentence, or nothing
 * @property {LiveNet | null} net
 */

/**
 * @typedef {object} LiveCode
 * @property {number} line     the one that runs, from 1
 * @property {string[]} values what the variables of each line are now
 * @property {string} note
 * @property {boolean} flow    the clock is too fast for single lines
 */

/** A mark on a slider: the stability limit at hand. @typedef {{key: string, value: number, label: string}} Limit */

/** @typedef {{text: string, rows: [string, string][]}} Hover */

/** An example that was chosen, and its pixel on the data plot. @typedef {{text: string, at: [number, number]}} Chosen */

/**
 * A table as it was read, before it is taken.
 * @typedef {object} Table
 * @property {string} fault    why nothing can be taken, or nothing
 * @property {string} says     how many rows there are and what the columns are
 * @property {string[]} notes  what was left out and why
 * @property {{sentence: string, key: string, value: string, label: string}[]} offers  doubts, each with another choice
 * @property {Decision[]} decisions
 * @property {{name: string, input: boolean, target: boolean, words: boolean}[]} columns
 * @property {number} mostInputs
 * @property {number} rows
 * @property {number} good
 * @property {number} skipped  how many rows give no example
 * @property {string[]} bad    the first of them
 * @property {{names: string[], rows: string[][]} | null} preview
 */

/** Something that was decided of a table and can be decided otherwise. @typedef {{key: string, label: string, value: string, options: {value: string, label: string}[]}} Decision */

/** Why something was refused. @typedef {{message: string, column?: number}} Fault */

/**
 * What every part of the page may ask for.
 * @typedef {object} Page
 * @property {import('../core/ravine.js').Lab} lab
 * @property {(key: string, text: string) => Fault | null} set  change one parameter
 * @property {(verb: string, name: string) => void} act         what a button asks for
 * @property {() => void} edited                                the experiment is another now
 * @property {() => void} moved                                 the clock or the pointer is elsewhere: draw soon
 */

/**
 * A part of the page: it shows the model, and perhaps the clock.
 * @typedef {object} Part
 * @property {(model: Model) => void} [show]
 * @property {(live: Live) => void} [advance]
 * @property {() => void} [drawn] the canvases are up to date
 */

export {};
