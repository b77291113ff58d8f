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
 * @property {{color: string, dash: number[], marker: string}} look
 */

/**
 * @typedef {object} Surface
 * @property {string} key
 * @property {string} name
 * @property {string} mathml
 * @property {string} text     the formula as it is typed
 * @property {boolean} typed   whether the user wrote it
 * @property {string} teaches
 * @property {Dial[]} dials
 * @property {[number, number]} start
 * @property {[number, number, number, number]} window
 */

/**
 * Everything but the clock.
 * @typedef {object} Model
 * @property {Surface} surface
 * @property {{key: string, name: string}[]} gallery
 * @property {{key: string, name: string}[]} rules
 * @property {{title: string, sentence: string, link: string}[]} presets
 * @property {number} preset   the one that is open, or −1
 * @property {Run[]} runs
 * @property {Dial[]} settings
 * @property {number} steps
 * @property {string} chartTitle
 */

/**
 * What changes with the clock.
 * @typedef {object} Live
 * @property {number} step
 * @property {number} steps
 * @property {boolean} playing
 * @property {Record<string, string>} sentences by run
 * @property {Record<string, string>} readouts  by run
 * @property {Limit[]} limits
 */

/** A mark on a slider: the stability limit at hand. @typedef {{key: string, value: number, label: string}} Limit */

/** @typedef {{text: string, rows: [string, string][]}} Hover */

/** Why something was refused. @typedef {{message: string, column?: number}} Fault */

/**
 * What every part of the page may ask for.
 * @typedef {object} Page
 * @property {import('../core/ravine.js').Lab} lab
 * @property {(key: string, text: string) => Fault | null} set  change one parameter
 * @property {(verb: string, name: string) => string} act       '' or why not
 * @property {() => void} edited                                the experiment is another now
 * @property {() => void} moved                                 the clock or the pointer is elsewhere: draw soon
 */

/**
 * A part of the page: it shows the model, and perhaps the clock.
 * @typedef {object} Part
 * @property {(model: Model) => void} [show]
 * @property {(live: Live) => void} [advance]
 */

export {};
