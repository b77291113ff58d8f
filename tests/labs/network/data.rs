//! What is learnt: made-up data that become one's own, tables, classes, scales.

use ravine::data::classes::PointParam;
use ravine::data::table::Choices;
use ravine::labs::Action;
use ravine::labs::Dataset as _;
use ravine::labs::Lab as _;
use ravine::labs::network::data::Parts;
use ravine::labs::network::{NetLab, link};
use ravine::labs::{Hand as _, Picture};

use crate::network::{at, bits};

fn parts(lab: &NetLab) -> &Parts {
    &lab.sets().parts
}

/// Takes a table with this column as y.
fn take(lab: &mut NetLab, text: &str, y: usize) -> Result<(), String> {
    lab.take_table(text, &Choices { target: Some(y), ..Choices::default() })
}

/// Rows of so many columns x, and y among the first classes.
fn table(columns: usize, classes: usize) -> String {
    let row = |at: usize| {
        let x: Vec<String> = (0..columns)
            .map(|column| (((at * 7 + column * 3) % 11) as f64 - 4.5).to_string())
            .collect();
        format!("{},{}", x.join(","), at % classes)
    };
    (0..30).map(row).collect::<Vec<_>>().join("\n")
}

#[test]
fn tables_of_every_width_are_learnt_and_survive_a_link() {
    for columns in [1, 2, 3, 6] {
        let mut lab = at("net=3&runs=gd,adam", 0);
        take(&mut lab, &table(columns, 3), columns).unwrap();
        assert_eq!((parts(&lab).columns, parts(&lab).classes), (columns, 3));
        assert_eq!(lab.experiment().inputs(), columns);
        assert_eq!(parts(&lab).train.len() + parts(&lab).test.len(), 30);
        lab.timeline_mut().seek(5);
        lab.settle();
        let again = at(&lab.link(), 5);
        assert_eq!(bits(&again), bits(&lab), "{columns} columns");
        assert_eq!(again.link(), lab.link());
        assert_eq!(lab.data_text().lines().count(), 31);
        // What was written is what is read.
        let mut copy = at("net=3&runs=gd,adam", 0);
        take(&mut copy, &lab.data_text(), columns).unwrap();
        assert_eq!(parts(&copy), parts(&lab));
    }
}

#[test]
fn a_table_of_more_columns_is_taken_as_far_as_a_net_has_inputs_and_nonsense_is_told() {
    let mut lab = at("net=3", 0);
    take(&mut lab, &table(9, 2), 9).unwrap();
    assert_eq!(parts(&lab).columns, 6);
    let link = lab.link();
    let seven: Vec<String> = (0..21).map(|at| format!("{at},{at},kind{}", at % 7)).collect();
    for (text, y, words) in [
        ("", 0, "empty"),
        ("a,b\nx,y\nz,w\n", 1, ""),
        ("1,2\n", 1, "At least 2 rows"),
        (&seven.join("\n"), 2, "7 classes"),
    ] {
        let fault = take(&mut lab, text, y).unwrap_err();
        assert!(fault.contains(words), "{text:?}: {fault}");
        assert_eq!(lab.link(), link, "{text:?}");
    }
}

#[test]
fn words_are_classes_in_their_order_and_values_where_one_says_so() {
    let mut lab = at("net=2&runs=gd", 0);
    let rows: Vec<String> = (0..12)
        .map(|at| format!("{},{},{}", at, -at, ["no", "yes", "maybe"][at as usize % 3]))
        .collect();
    take(&mut lab, &format!("a,b,what\n{}", rows.join("\n")), 2).unwrap();
    assert_eq!(parts(&lab).classes, 3);
    assert_eq!(lab.experiment().output().units(), 3);
    lab.set("data.values", "yes").unwrap();
    assert_eq!(parts(&lab).classes, 0);
    assert_eq!(lab.experiment().output().units(), 1);
    lab.timeline_mut().seek(3);
    lab.settle();
    assert_eq!(bits(&at(&lab.link(), 3)), bits(&lab));
    // One that is no whole number makes all of them values.
    lab.set("data.values", "no").unwrap();
    lab.set("data", "1,2,0;3,4,1.5;5,6,1").unwrap();
    assert_eq!(parts(&lab).classes, 0);
}

#[test]
fn made_up_data_that_become_ones_own_are_parted_as_before() {
    for shape in ["circle", "xor", "blobs3", "spirals5", "plane", "hills", "curve"] {
        for more in ["", "&data.train=10", "&data.train=90&data.n=7", "&data.n=4"] {
            let mut lab = at(&format!("net=3&data.shape={shape}{more}"), 4);
            let (before, print) = (parts(&lab).clone(), bits(&lab));
            // Moved by nothing.
            let share = lab.experiment().data.value(PointParam::Train);
            lab.set("data", &own(&lab)).unwrap();
            lab.set("data.train", &share.to_string()).unwrap();
            lab.settle();
            assert!(lab.experiment().data.own().is_some());
            let now = parts(&lab);
            assert_eq!((&now.train, &now.test), (&before.train, &before.test), "{shape}{more}");
            assert_eq!((&now.train_at, &now.test_at), (&before.train_at, &before.test_at));
            if now.classes == before.classes {
                assert_eq!(bits(&lab), print, "{shape}{more}");
            }
            lab.act(&Action::GenerateData).unwrap();
            lab.settle();
            assert_eq!(parts(&lab), &before);
            assert_eq!(bits(&lab), print, "{shape}{more}");
        }
    }
}

/// All rows as a link writes them.
fn own(lab: &NetLab) -> String {
    let rows = lab.experiment().data.rows();
    ravine::labs::network::data::write_rows(&rows)
}

#[test]
fn standardised_columns_have_mean_0_and_deviation_1_over_the_training_examples() {
    for data in ["", "&data=1,100,0;2,300,1;3,200,0;7,900,1;5,100,1;6,150,0", "&data.shape=curve"] {
        let lab = at(&format!("net=3&data.standardise=yes{data}"), 2);
        let (train, columns) = (&lab.sets().train, lab.experiment().inputs());
        let n = train.len() as f64;
        for column in 0..columns {
            let x: Vec<f64> = (0..train.len()).map(|at| train.inputs_of(at)[column]).collect();
            let mean = x.iter().sum::<f64>() / n;
            let variance = x.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n;
            assert!(
                mean.abs() < 1e-9 && (variance - 1.0).abs() < 1e-9,
                "{data}: {mean} {variance}"
            );
        }
    }
    // A column that is the same everywhere is no division by 0.
    let lab = at("net=3&data.standardise=yes&data=1,5,0;2,5,1;3,5,0;4,5,1", 5);
    assert!(lab.training_runs().iter().all(|training_run| training_run.diverged().is_none()));
}

#[test]
fn points_by_hand_are_added_where_they_are_seen_moved_and_removed() {
    for shape in ["gauss", "blobs3", "plane", "curve", "gauss&data.noise=50", "curve&data.noise=50"]
    {
        let mut lab = at(&format!("net=3&data.n=20&data.shape={shape}"), 3);
        // A panel that is wider than high shows more of x₁ than there are points.
        lab.set_size(Picture::Panel, [600.0, 400.0]);
        let (before, frame) = (lab.experiment().data.rows(), lab.frame());
        lab.act(&Action::Brush { class: 1 }).unwrap();
        let pixel = [123.0, 87.0];
        let index = lab.add_example(pixel).unwrap();
        assert_eq!((index, lab.chosen()), (20, Some(20)));
        let near = |lab: &NetLab, [x, y]: [f64; 2]| {
            let [px, py] = lab.pixel_of(20).unwrap();
            assert!((px - x).abs() < 0.6 && (py - y).abs() < 0.6, "{shape}: {px}, {py}");
        };
        near(&lab, pixel);
        let classes = parts(&lab).classes;
        assert!(classes == 0 || lab.experiment().data.rows()[20].y == 1.0);
        lab.move_example(20, [200.0, 150.0]);
        near(&lab, [200.0, 150.0]);
        lab.nudge_example(20, [10.0, -4.0]);
        near(&lab, [210.0, 146.0]);
        lab.move_example(20, [599.0, 399.0]);
        assert_eq!(lab.frame(), frame, "{shape}: the picture jumps");
        lab.move_example(20, [210.0, 146.0]);
        let hit = lab.example_at([210.0, 146.0]).unwrap();
        assert!(lab.pixel_of(hit).is_some());
        lab.settle();
        assert_eq!(bits(&at(&lab.link(), 3)), bits(&lab));
        lab.remove_example(20);
        assert_eq!(lab.experiment().data.rows(), before);
        // What there is not is not touched, and two examples stay.
        lab.remove_example(99);
        lab.move_example(99, pixel);
        lab.choose(Some(99));
        assert_eq!(lab.chosen(), None);
        for _ in 0..30 {
            lab.remove_example(0);
        }
        assert_eq!(lab.experiment().data.len(), 2);
        lab.settle();
        assert_eq!(link::read(&lab.link()).1, []);
    }
}

#[test]
fn a_point_among_classes_stays_of_a_class_wherever_it_is_put() {
    // One column x, and y are classes: up and down goes from class to class.
    let mut lab = at("net=3&data=1,0;2,1;3,2;4,0;5,1;6,2", 0);
    assert_eq!((parts(&lab).columns, parts(&lab).classes), (1, 3));
    for pixel in [[10.0, 10.0], [50.0, 111.0], [300.0, 222.0], [399.0, 399.0], [200.0, -900.0]] {
        let index = lab.add_example(pixel).unwrap();
        assert!(parts(&lab).classes > 0, "{:?}", lab.row(index));
        lab.move_example(index, [pixel[1].abs(), pixel[0]]);
        assert!(parts(&lab).classes > 0, "{:?}", lab.row(index));
    }
}

#[test]
fn weights_set_by_hand_survive_data_that_ask_for_another_output() {
    let mut lab = at("net=3&runs=gd&data=1,2,0;2,3,1;3,4,2;4,5,1;5,6,0;7,7,2&data.values=yes", 0);
    lab.set("theta.w1.3.2", "0.625").unwrap();
    lab.set("theta.b2.1", "-0.375").unwrap();
    take(&mut lab, "1,2,0\n2,3,1\n3,4,2\n4,5,1\n5,6,0\n7,7,2\n", 2).unwrap();
    lab.settle();
    let net = lab.experiment().architecture();
    let theta = lab.training_runs()[0].trainer().theta();
    assert_eq!(net.output().units(), 3);
    assert_eq!(theta[net.named("w1.3.2").unwrap()], 0.625);
    assert_eq!(theta[net.named("b2.1").unwrap()], -0.375);
}

#[test]
fn as_many_examples_train_as_are_counted() {
    for n in 4..80 {
        for percent in 10..=100 {
            let lab =
                NetLab::new(&format!("net=none&data.n={n}&data.train={percent}&steps=1&step=0"));
            let data = &lab.experiment().data;
            assert_eq!(data.parts().train.len(), data.training(), "{n} {percent}");
            assert_eq!(data.rows().len(), n, "{n} {percent}");
        }
    }
}
