// What the core tells the page, and the page asks of it. Made from Rust types in src/labs and not to be
// edited here: change those, and run RAVINE_WRITE=yes cargo test --test house types

/** A T as JSON; `fromJson` makes a T of it. */
export type Json<T> = string & { [of]: T };
declare const of: unique symbol;

/** What a button asks for. */
export type Action =
  | { "lab": { key: string } }
  | { "lesson": { key: string, scene: number } } | "leave-lesson"
  | { "panels": { all: boolean } } | "reveal" | "ask-again"
  | { "scene": { index: number } }
  | { "add": { rule: string } }
  | { "run": { name: string, change: RunChange } } | "generate-data"
  | { "offer": { offer: OfferKind } } | "fit" | "reset-window"
  | { "layers": { change: Change } }
  | { "units": { layer: number, change: Change } }
  | { "feature": { key: string } } | "new-seed"
  | { "brush": { class: number } };

/** The question of the scene that is open. */
export type Asked = {
  /** The question. */
  ask: string,
  /** Whether its answer is hidden. */
  isOpen: boolean,
  /**
   * Why it is so, to be said beside the outcome; empty while it is open, and of another experiment
   * than the scene's.
 */
  why: string,
  /** What is expected, as a link writes it behind `guess`; empty as long as nothing is. */
  guess: string,
  /** What there is to choose from; empty where it is no choice. */
  choices: Array<AskedChoice>,
  /** Where a number is guessed, its dial. */
  dial: Dial | null,
  /** Where a point of the plane is guessed, what its two numbers are called. */
  axes: [string, string] | null,
};

/** Something to choose. */
export type AskedChoice = {
  /** As a link writes it. */
  value: string,
  /** What the page calls it. */
  title: string,
};

/** The classes that can be drawn by hand. */
export type Brush = {
  /** One more than there are, while there is room. */
  classes: Array<BrushClass>,
  /** Which of them is drawn, counted from 0. */
  chosen: number,
};

/** A class that can be drawn by hand. */
export type BrushClass = {
  /** What the page calls it. */
  name: string,
  /** Its colour, as CSS writes it. */
  color: string,
};

/** What never changes: what there is to choose from. */
export type Catalog = {
  /** The version of the core. */
  version: string,
  /** The labs, in the order of their tabs. */
  labs: Array<LabEntry>,
  /** The update rules. */
  rules: Array<Named>,
  /** What holds of every net. */
  nets: NetLimits,
  /** The longest link that can be sent everywhere, in bytes. */
  sendable: number,
};

/** One more or one less. */
export type Change = "more" | "less";

/** One of the things that a `Scale::Choice` parameter can be. */
export type Choice = {
  /** Its name in a link. */
  key: string,
  /** What the page calls it. */
  label: string,
};

/** An example that was chosen with the keyboard. */
export type Chosen = {
  /** What a screen reader says of it. */
  text: string,
  /** Where it lies in its picture, in CSS pixels to the right and down. */
  at: [number, number],
};

/** A line of the pseudo code. */
export type CodeLine = {
  /** By how many steps it is indented. */
  indent: number,
  /** What stands in it, one after the other. */
  pieces: Array<Piece>,
};

/** A column of a table. */
export type Column = {
  /** What its line of names calls it, or else its number. */
  name: string,
  /** Whether it is taken for x. */
  input: boolean,
  /** Whether it is taken for y. */
  target: boolean,
  /** Whether its cells are words and not numbers. */
  words: boolean,
};

/** The examples that a risk is the mean over, or that nets are trained on. */
export type Data = {
  /** What the page calls them. */
  title: string,
  /** Whether the user gave them. */
  own: boolean,
  /** How many there are. */
  count: number,
  /** How they are generated, and whether they are standardised. */
  dials: Array<Dial>,
  /** How many are used, where it is not all of them; else `null`. */
  first: Dial | null,
  /** What they do to the risk; may be empty. */
  sentence: string,
  /** Why runs cannot but diverge; `null` where none does so. */
  unstable: Unstable | null,
  /** Why a link cannot hold them; empty if it can. */
  tooLong: string,
};

/** Something that was decided of a table and can be decided otherwise. */
export type Decision = {
  /** Its name among the choices that a table is read by. */
  key: string,
  /** What the page calls it. */
  label: string,
  /** The value that is chosen; empty leaves it to the evidence. */
  value: string,
  /** What can be chosen. */
  options: Array<DecisionOption>,
};

/** What a `Decision` can be. */
export type DecisionOption = {
  /** The value to choose. */
  value: string,
  /** What the page calls it. */
  label: string,
};

/** A parameter that the user can set: a slider and a number box, a select or a switch. */
export type Dial = {
  /** Its name in a link, such as `gd.alpha`. */
  key: string,
  /** How formulas write it, such as `α`; may be empty. */
  symbol: string,
  /** What the page calls it. */
  label: string,
  /** The smallest value. */
  min: number,
  /** The largest value. */
  max: number,
  /** How a slider spaces the values between them. */
  scale: DialScale,
  /** Of a choice: the index of it. Of a switch: 0 is off, 1 is on. */
  value: number,
  /** The value as a link writes it. */
  text: string,
  /** The value when nothing is said. */
  default: number,
  /** What a choice can be; empty for all else. */
  choices: Array<Choice>,
  /** Of a setting: the word under which it stands among its like; empty for all else. */
  group: string,
};

/** How a `Dial` spaces its values, see `Scale`. */
export type DialScale = "linear" | "log" | "cubic" | "integer" | "log-integer" | "choice" | "switch";

/** A doubt about a table, and another choice. */
export type Doubt = {
  /** What the doubt is. */
  sentence: string,
  /** The key of the `Decision` that can be made otherwise; empty where there is none … */
  key: string,
  /** … the value to choose … */
  value: string,
  /** … and what that is called. */
  label: string,
};

/** Why a value was not taken. */
export type Fault = {
  /** What is wrong. */
  message: string,
  /** Where in a formula, counted in characters from 1. */
  column?: number,
};

/** What there is to read at a point of a picture. */
export type Hover = {
  /** All of it in a sentence; empty where there are only rows. */
  text: string,
  /** Label and value, line by line; none in the chart. */
  rows: Array<[string, string]>,
  /** In the chart, the step of the clock that the pointer marks; `null` elsewhere. */
  step: number | null,
};

/** A feature that the net may have as an input. */
export type InputFeature = {
  /** Its name in a link. */
  key: string,
  /** How formulas write it. */
  symbol: string,
  /** Whether the net has it. */
  on: boolean,
};

/** What never changes in a lab. */
export type LabEntry = {
  /** Its name in the model. */
  key: string,
  /** What the runs can go down. */
  gallery: Array<Named>,
  /** The key that chooses one of the gallery. */
  choiceKey: string,
  /** The key of a formula of one's own; empty where there can be none. */
  formulaKey: string,
  /** What the gallery calls a formula, or data, of one's own. */
  own: string,
  /** What may be typed as a formula, with `code` between backticks. */
  hint: string,
  /** The scenes. */
  presets: Array<Preset>,
  /** So many runs there can be. */
  mostRuns: number,
  /** The keys of the update rules that they can have. */
  rules: Array<string>,
};

/** What stands over a hidden layer. */
export type LayerHead = {
  /** Which one, counted from 1. */
  layer: number,
  /** Its middle, in CSS pixels of the net's picture. */
  x: number,
  /** How many units it has. */
  units: number,
};

/** A sequence of scenes. */
export type Lesson = {
  /** Its name in a link. */
  key: string,
  /** What the page calls it. */
  title: string,
  /** In the order in which they are shown; at least one. */
  scenes: Array<Scene>,
};

/** A place in a lesson. */
export type LessonPlace = {
  /** The lesson's key. */
  key: string,
  /** The scene, counted from 0. */
  scene: number,
  /** Whether this is another experiment than the scene's. */
  isChanged: boolean,
  /** Whether all panels are there, and not only those that the scene needs. */
  showsAll: boolean,
};

/** A mark on a slider: the largest learning rate that is stable. */
export type Limit = {
  /** The key of the `Dial`. */
  key: string,
  /** Where on it. */
  value: number,
  /** The words for it. */
  label: string,
};

/** A part of a link that was not taken. */
export type LinkFault = {
  /** What is wrong with it. */
  text: string,
  /** Whether nothing is lost with it: it would have done nothing. */
  harmless: boolean,
};

/** The units of a layer that stand out. */
export type Lit = {
  /** The layer, counted from 0. */
  layer: number,
  /** Their places in it, counted from 0. */
  units: Array<number>,
};

/** What changes with the clock. */
export type Live = {
  /** Where the clock stands, counted from 0. */
  step: number,
  /** The horizon: the last step of the clock. */
  steps: number,
  /** Whether the clock runs. */
  playing: boolean,
  /** How much of the work is done, from 0 to 1. */
  progress: number,
  /** What goes on in each run, by its name. */
  sentences: { [key in string]: string },
  /** Where each run is, and how low, by its name. */
  readouts: { [key in string]: string },
  /** The stability limits at hand. */
  limits: Array<Limit>,
  /** Epoch and batch, or updates; empty where there are none. */
  place: string,
  /** Where the pseudo code stands; `null` where there is none. */
  code: LiveCode | null,
  /** The batch at hand in one sentence; may be empty. */
  batch: string,
  /** What the answer to the question of the lesson's scene comes to, once the clock is there. */
  outcome: string,
  /** What the Network lab has besides; `null` in the others. */
  net: LiveNet | null,
};

/** Where the pseudo code stands. */
export type LiveCode = {
  /** The line that runs, counted from 1. */
  line: number,
  /** What the variables of each line are now; empty where there are none. */
  values: Array<string>,
  /** What is worth knowing of the batch in hand; may be empty. */
  note: string,
  /** Whether the clock is too fast for single lines. */
  flow: boolean,
};

/** What the Network lab tells besides with the clock. */
export type LiveNet = {
  /** The tick of the clock that the training has reached. */
  reached: number,
  /** The weights into the chosen unit; `null` where they are not shown. */
  unit: Unit | null,
  /** The stage of the passes; `null` where they are not shown. */
  passes: Passes | null,
  /** How far the loss surface is computed. */
  surface: Survey,
};

/** The shape of a run's marks. */
export type Marker = "dot" | "square" | "triangle" | "diamond" | "nabla" | "plus" | "star" | "hexagon";

/** What changes with an edit and stays as it is while the clock runs. */
export type Model = {
  /** The key of the lab that is open. */
  lab: string,
  /** What the runs go down. */
  surface: Surface,
  /** One or two, side by side; none in the Network lab. */
  plots: Array<Plot>,
  /** The examples; `null` on a surface. */
  data: Data | null,
  /** The pseudo code of the followed run; `null` where there is none. */
  code: Array<CodeLine> | null,
  /** The place in a lesson; `null` outside of lessons. */
  lesson: LessonPlace | null,
  /** The question of the lesson's scene; `null` where it asks none. */
  question: Asked | null,
  /** How the questions of the lesson were answered, on its last scene; `null` elsewhere. */
  tally: Tally | null,
  /** The scene of the lab that is open as it came, counted from 0, or −1. */
  preset: number,
  /** The scene that this was opened as, whatever was changed since, or −1. */
  scene: number,
  /** The runs, in their order. */
  runs: Array<Run>,
  /** The settings that do something in this lab. */
  settings: Array<Dial>,
  /** The horizon: the last step of the clock. */
  steps: number,
  /** What the Network lab has besides; `null` in the others. */
  net: Net | null,
  /** Whether the chart is about runs with other values of their dials: a hand on it sets them. */
  chartSetsDials: boolean,
  /** Whether the chart can be zoomed and dragged. */
  chartZooms: boolean,
  /** Whether it shows a part of what it can show. */
  chartIsZoomed: boolean,
  /** What stands over the loss chart. */
  chartTitle: string,
  /** How soon the runs are down, or which line is which; may be empty. */
  chartNote: string,
};

/** A thing in a list to choose from. */
export type Named = {
  /** Its name in a link. */
  key: string,
  /** What the page calls it. */
  name: string,
};

/** What the Network lab has besides. */
export type Net = {
  /** One for each run that is shown. */
  panels: Array<Panel>,
  /** What stands over the net's picture. */
  title: string,
  /** What the clock counts: `epoch` or `update`. */
  tick: string,
  /** The hidden layers as they are typed, such as `4,2`. */
  layers: string,
  /**
   * The names of the two weights that span the plane, with a comma between them; `null` where no
   * two weights span it.
 */
  pair: string | null,
  /** Whether the loss surface is shown in three dimensions. */
  hill: boolean,
  /** How many units each hidden layer has. */
  hidden: Array<number>,
  /** What can be an input; empty where the columns of the data are. */
  features: Array<InputFeature>,
  /** What can be drawn by hand; `null` where nothing can. */
  brush: Brush | null,
  /** The inputs, then the units, layer by layer. */
  nodes: Array<NetNode>,
  /** What stands over each hidden layer. */
  heads: Array<LayerHead>,
  /** What can be set, by where it stands. */
  dials: NetDials,
};

/** What can be set of nets, by where it stands. */
export type NetDials = {
  /** Beside the net's picture. */
  net: Array<Dial>,
  /** Over the passes. */
  passes: Array<Dial>,
  /** Of the loss functions. */
  losses: Array<Dial>,
  /** Over the loss surface. */
  surface: Array<Dial>,
};

/** What holds of every net. */
export type NetLimits = {
  /** The key that sets the hidden layers. */
  netKey: string,
  /** The key whose value is the chosen weight's name. */
  weightKey: string,
  /** The key whose value are the names of the two weights that span the plane. */
  pairKey: string,
  /** So many hidden layers there can be, … */
  mostLayers: number,
  /** … and so many units in each. */
  mostUnits: number,
  /** The side of a node's tile, in its own pixels. */
  tile: number,
};

/** An input or a unit in the net's picture; lengths are in CSS pixels. */
export type NetNode = {
  /** Its layer, counted from 0; −1 of an input. */
  layer: number,
  /** Its place in the layer, counted from 0. */
  unit: number,
  /** Its left edge. */
  x: number,
  /** Its upper edge. */
  y: number,
  /** Its side. */
  side: number,
  /** Its name for a screen reader. */
  says: string,
  /** The name of the weight that a click on it chooses: one into it, or out of an input. */
  weight: string,
  /** What stands in it; may be empty. */
  label: string,
};

/** A change that a button makes. */
export type Offer = {
  /** Which one. */
  offer: OfferKind,
  /** What the page calls it. */
  label: string,
};

/** A way out for runs that cannot but diverge on the data. */
export type OfferKind = "standardise" | "alpha";

/** What the page shows before the core has arrived. */
export type Opening = {
  /** The labs, in the order of their tabs. */
  labs: Array<OpeningLab>,
  /** The scenes of all labs. The first is what a bare address opens. */
  scenes: Array<OpeningScene>,
  /** The lessons. */
  lessons: Array<OpeningLesson>,
  /** The keys of a link that do not make it another scene. */
  passing: Array<string>,
  /** The key that says which scene a changed link was opened as. */
  sceneKey: string,
  /** The key that names the lesson. */
  lessonKey: string,
  /** The key that unfolds what a lesson's scene does without. */
  panelsKey: string,
  /** The key of what is guessed, and that which says that the truth may be seen. */
  guessKey: string,
  /** See `guess_key`. */
  revealedKey: string,
  /** The longest file of a lesson, in bytes. */
  longestLesson: number,
  /** Every key of a link that has no dot in it: by one of them a link is known as such. */
  keys: Array<string>,
};

/** A lab, and how its links are told from those of the others. */
export type OpeningLab = {
  /** Its name in a link. */
  key: string,
  /** What its tab says. */
  name: string,
  /** A link with one of these keys is of this lab, or of a later one that has a key in it. */
  marks: Array<string>,
};

/** A lesson, by the scenes that it leads through. */
export type OpeningLesson = {
  /** Its name in a link. */
  key: string,
  /** Its scenes. Their keys are empty: they are counted. */
  scenes: Array<OpeningScene>,
};

/** A scene, and how much room its pictures take. */
export type OpeningScene = {
  /** The key of its lab. */
  lab: string,
  /** Its name in a link. */
  key: string,
  /** Its link, without the keys that are in `passing`. */
  link: string,
  /** What the page calls it. */
  title: string,
  /** What there is to see. */
  sentence: string,
  /** How many pictures stand side by side. */
  panels: number,
  /** The panels of the page that it needs. Empty: all. */
  shows: Array<Section>,
  /** What it asks before it tells what there is to see; `null` where it asks nothing. */
  ask: string | null,
};

/** The panel of a run: what its net says of the plane. */
export type Panel = {
  /** The run's name. */
  run: string,
  /** What stands over it. */
  title: string,
  /** The run's colour, as CSS writes it. */
  color: string,
};

/** A line of formulas. */
export type PassLine = {
  /** What stands before it; may be empty. */
  label: string,
  /** As MathML; the line may be broken between them. */
  pieces: Array<string>,
};

/** A stage of the forward and the backward pass. */
export type Passes = {
  /** What the page calls it. */
  title: string,
  /** Which one, counted from 1 … */
  at: number,
  /** … of so many. */
  count: number,
  /** Its formulas. */
  lines: Array<PassLine>,
  /** The units that they are of; `null` where they are of none. */
  lit: Lit | null,
};

/** A part of a `CodeLine`. */
export type Piece =
  | { "text": string }
  | { "math": string };

/** One of the plots that stand side by side. */
export type Plot = {
  /** What stands over it; empty on a surface. */
  title: string,
  /** The names of the runs in it. */
  runs: Array<string>,
  /** Whether it is a hill: the surface in three dimensions. */
  hill: boolean,
};

/** An experiment worth opening. */
export type Preset = {
  /** What the page calls it. */
  title: string,
  /** What there is to see, in one sentence. */
  sentence: string,
  /** The experiment, exactly as a link writes it. With a `step` in it, it opens paused. */
  link: string,
};

/** The first rows as they will be taken. */
export type Preview = {
  /** What the columns x and, at the end, y are called. */
  names: Array<string>,
  /** Their cells; classes by their names. */
  rows: Array<Array<string>>,
};

/** A question about what the scene will show. */
export type Question =
  | { ask: string, why: string } & ({ "kind": "where", run: string, step?: number }
  | { "kind": "first", level: number }
  | { "kind": "direction" }
  | { "kind": "steps", run: string, level: number, most?: number }
  | { "kind": "alpha", run: string });

/** A run: its card, its dials, its look. */
export type Run = {
  /** Its name in a link, such as `momentum2`. */
  name: string,
  /** The key of its update rule. */
  rule: string,
  /** What the page calls it. */
  title: string,
  /** Its update, as MathML. */
  equation: string,
  /** What can be set of it. */
  dials: Array<Dial>,
  /** So many of its dials stand open on its card, choices apart. */
  openDials: number,
  /** Whether it is left out of the pictures. */
  hidden: boolean,
  /** The key that hides it. */
  hiddenKey: string,
  /** Whether the data and the pseudo code are shown for it. */
  follow: boolean,
  /** The key whose value is the followed run's name; empty where none can be followed. */
  followKey: string,
  /** What it is drawn with. */
  look: RunLook,
};

/** What becomes of a run. */
export type RunChange = "duplicate" | "remove" | "up" | "down";

/** What a run is drawn with. */
export type RunLook = {
  /** As CSS writes it. */
  color: string,
  /** Lengths of strokes and gaps in turn, in CSS pixels; empty is a solid line. */
  dash: Array<number>,
  /** The sign at its steps. */
  marker: Marker,
};

/** What is left of a long text. */
export type Sample = {
  /** Rows drawn at random. */
  text: string,
  /** How many rows they were drawn of. */
  rows: number,
  /** Why there are none; empty if there are. */
  fault: string,
};

/** An experiment, and what is to be said of it. */
export type Scene = {
  /** What the page calls it. */
  title: string,
  /** The experiment, of any lab, as a link writes it. With a `step` in it, it opens paused. */
  link: string,
  /** What there is to see: a few sentences. */
  text: string,
  /** What a reader may try, a sentence each. */
  try: Array<string>,
  /** What the lecturer alone sees. */
  notes: string,
  /** The panels that it needs; the others are folded away. Empty: it needs all. */
  shows: Array<Section>,
  /** What is asked before the scene plays. */
  question?: Question,
};

/** A part of the page that a scene may do without. */
export type Section = "formula" | "data" | "net" | "detail" | "chart" | "runs";

/** One of the page's pictures as it stands there, to be taken along. */
export type Shot = {
  /** The page as a link. */
  link: string,
  /** Where its clock stands. */
  step: number,
  /** The key and the file of the lesson that the link leads into. */
  lesson: [string, string] | null,
  /** The name of the picture; of plots and panels all that stand side by side are meant. */
  picture: string,
  /** What it is called. */
  title: string,
  /** The pictures of the page by their names, with width and height in CSS pixels. */
  sizes: Array<[string, [number, number]]>,
  /** The size of labels in Present, in CSS pixels. */
  presentTypeSize: number,
  /** Whether the system asks for dark pages. */
  isDark: boolean,
};

/** What the runs go down: a surface, the risk of a problem, or the loss of a net. */
export type Surface = {
  /** Its name in the gallery. */
  key: string,
  /** What the page calls it. */
  name: string,
  /** What the two axes are called. */
  variables: [string, string],
  /** The formula's left side, as MathML. */
  head: string,
  /** The formula's right side, as MathML. */
  mathml: string,
  /** The formula as it is typed. */
  text: string,
  /** The same in plain letters, with a sign for every product; empty of a net. */
  plain: string,
  /** Whether the user wrote it. */
  typed: boolean,
  /** What there is to learn of it. */
  teaches: string,
  /** The parameters of the formula. */
  dials: Array<Dial>,
  /** Where the runs start, (x, y) or θ. */
  start: [number, number],
  /** The part of the plane in view: x from, x to, y from, y to. */
  window: [number, number, number, number],
};

/** How far the loss surface of a net is computed. */
export type Survey = {
  /** From 0 to 1. */
  progress: number,
  /** How true it is, or why there is none; may be empty. */
  note: string,
};

/** A table as it was read, before it is taken. */
export type Table = {
  /** Why nothing can be taken; empty if something can. */
  fault: string,
  /** How many rows there are and what the columns are. */
  says: string,
  /** What was left out and why. */
  notes: Array<string>,
  /** What is in doubt. */
  offers: Array<Doubt>,
  /** What was decided and can be decided otherwise. */
  decisions: Array<Decision>,
  /** The columns of the text, from the left. */
  columns: Array<Column>,
  /** So many columns x can be taken. */
  mostInputs: number,
  /** How many rows there are, the line of names apart. */
  rows: number,
  /** How many of them give an example … */
  good: number,
  /** … and how many do not. */
  skipped: number,
  /** What is wrong with the first rows that give no example, each in a sentence. */
  bad: Array<string>,
  /** The first examples; `null` where there is a fault in the text. */
  preview: Preview | null,
};

/** How the questions of a lesson were answered. */
export type Tally = {
  /** It in a few words. */
  title: string,
  /** It in a sentence. */
  says: string,
  /** The questions that were answered, in the order of their scenes. */
  rows: Array<TallyRow>,
};

/** How a question was answered. */
export type TallyRow = {
  /** The scene, counted from 0. */
  scene: number,
  /** Its title. */
  title: string,
  /** The guess beside the truth. */
  says: string,
  /** Whether the guess was right, or close; `null` where there was none. */
  isClose: boolean | null,
};

/** The weights into a unit. */
export type Unit = {
  /** Which unit. */
  title: string,
  /** Its weights, then its bias. */
  rows: Array<WeightRow>,
};

/** That runs cannot but diverge on the data, and ways out. */
export type Unstable = {
  /** Why. */
  sentence: string,
  /** What makes them converge. */
  offers: Array<Offer>,
};

/** A weight into a unit, or its bias. */
export type WeightRow = {
  /** The key that sets it. */
  key: string,
  /** Its name, such as `w2.1.3`. */
  name: string,
  /** Where it comes from. */
  from: string,
  /** Its value. */
  text: string,
  /** ∂R/∂w */
  grad: string,
  /** What the last update added to it. */
  change: string,
  /** Whether it is the chosen one. */
  chosen: boolean,
};
