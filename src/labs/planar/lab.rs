//! The Surface lab and the Minibatches lab as a [`PlanarLab`](labs::Lab).

use super::PlanarLab;
use super::work::Fit;
use crate::labs::link::{self, Fault};
use crate::labs::model::{self, Live, Model};
use crate::labs::planar::experiment::{LabKind, SETTINGS, Setting};
use crate::labs::planar::scene;
use crate::labs::runs::rule_called;
use crate::labs::timeline::Timeline;
use crate::labs::{Action, Dataset, Kind, Lab, presets};
use crate::math::budget::Budget;
use crate::math::window::Window;
use crate::objective::Objective;
use crate::training::run::Path;
use crate::view::hill::ZOOM;
use crate::view::{Style, Theme};

impl Lab for PlanarLab {
    fn kind(&self) -> &'static Kind {
        self.experiment.lab().kind()
    }

    /// It becomes a lab of the other kind with a link of that.
    fn takes(&self, kind: &Kind) -> bool {
        LabKind::ALL.iter().any(|own| own.kind() == kind)
    }

    fn faults(&self) -> &[Fault] {
        &self.faults
    }

    fn link(&self) -> String {
        link::write(&self.experiment)
    }

    fn open(&mut self, link: &str) {
        self.put(link);
        self.refresh();
    }

    fn set(&mut self, key: &str, text: &str) -> Result<(), Fault> {
        self.experiment.set(key, text)?;
        self.faults.retain(|fault| fault.key != key);
        match key {
            "surface" | "problem" | "runs" => self.experiment.timeline.restart(),
            _ => {}
        }
        if matches!(key, "surface" | "problem" | "window") {
            self.work.fit = None;
        }
        // Other data may have their risk's minimum elsewhere.
        if key.starts_with("data") {
            self.work.fit = Some(Fit::Minima);
        }
        self.refresh();
        Ok(())
    }

    /// An offer is one of those of [`PlanarLab::unstable`].
    fn act(&mut self, action: &Action) -> Result<(), String> {
        match action {
            Action::Add { rule } => {
                let rule = rule_called(rule, self.kind())?;
                self.experiment.add(rule)?;
            }
            Action::Scene { index } => {
                self.put_preset(presets::at(self.kind().presets, *index)?);
            }
            Action::GenerateData => self.experiment.data.set_own(None),
            Action::Offer { offer } => self.take_offer(*offer)?,
            Action::Fit => {
                self.begin_fit()?;
                self.experiment.set_setting(Setting::Zoom as usize, ZOOM.default);
            }
            Action::ResetWindow => {
                self.work.fit = None;
                self.experiment.window = self.experiment.source.window();
            }
            Action::Run { name, change } => self.experiment.change_run(name, *change)?,
            _ => return Err(action.unknown_here()),
        }
        self.refresh();
        Ok(())
    }

    fn preferences(&self) -> Vec<(String, String)> {
        let text = |setting: Setting| {
            let param = &SETTINGS[setting as usize];
            (param.key.to_string(), param.write(self.experiment.setting(setting)))
        };
        Setting::PREFERENCES.map(text).to_vec()
    }

    fn timeline(&self) -> &Timeline {
        &self.experiment.timeline
    }

    fn timeline_mut(&mut self) -> &mut Timeline {
        &mut self.experiment.timeline
    }

    fn speed(&self) -> f64 {
        self.experiment.setting(Setting::Speed)
    }

    fn reached(&self) -> usize {
        let behind = self.shown_runs().into_iter().map(|index| &self.paths[index]);
        let behind = behind.filter(|path| !path.is_complete());
        let reached = behind.map(|path| path.theta.len().saturating_sub(1)).min();
        reached.unwrap_or(self.experiment.steps())
    }

    /// Also what is said of the runs that are shown.
    fn is_ready(&self) -> bool {
        let is_said = !self.is_complete() || self.knows_curvature();
        self.reached() >= self.step() && is_said
    }

    fn set_limit(&mut self, units: u64) {
        self.work.limit = units;
    }

    fn work(&mut self, budget: &mut Budget) -> bool {
        let is_coarse = self.let_go();
        self.work_on(budget) && !is_coarse
    }

    fn fingerprint(&self) -> String {
        let averages = self.tracks.iter().flat_map(|track| &track.average);
        let averages = averages.flat_map(|average| &average.theta);
        let averages = averages.flatten().map(|number| number.to_bits());
        let all = self.paths.iter().map(Path::fingerprint).chain(averages);
        format!("{:016x}", all.fold(0, |sum: u64, one| sum.rotate_left(9) ^ one))
    }

    fn style(&self, system_is_dark: bool) -> Style {
        scene::style(self, system_is_dark)
    }

    fn model(&self, theme: &Theme) -> Model {
        model::model(self, theme)
    }

    fn model_version(&self) -> u32 {
        self.versions.model
    }

    fn live(&mut self) -> Live {
        model::live(self)
    }

    /// None on a surface.
    fn dataset(&self) -> Option<&dyn Dataset> {
        (self.experiment.lab() == LabKind::Minibatches).then_some(self)
    }

    fn dataset_mut(&mut self) -> Option<&mut dyn Dataset> {
        (self.experiment.lab() == LabKind::Minibatches).then_some(self)
    }

    fn objective_in_view(&self) -> Option<(&Objective, Window)> {
        Some((&self.objective, self.experiment.window))
    }
}
