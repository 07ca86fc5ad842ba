//! Variables by type, and the warnings about those that cannot be used.

use std::cell::RefCell;
use std::time::Duration;

pub(super) struct Reader<'a> {
    lookup: &'a dyn Fn(&str) -> Option<String>,
    warnings: RefCell<Vec<String>>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(lookup: &'a dyn Fn(&str) -> Option<String>) -> Self {
        Self {
            lookup,
            warnings: RefCell::default(),
        }
    }

    pub(super) fn into_warnings(self) -> Vec<String> {
        self.warnings.into_inner()
    }

    /// Says that a variable is ignored because it is `what`; its value is not said.
    pub(super) fn ignored(&self, name: &str, what: &str) {
        let warning = format!("{name} is {what}: it is ignored");
        let mut warnings = self.warnings.borrow_mut();
        // Three signals ask for what they have in common.
        if !warnings.contains(&warning) {
            warnings.push(warning);
        }
    }

    /// A text that is not empty.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        let value = (self.lookup)(name)?;
        let value = value.trim();
        (!value.is_empty()).then(|| value.to_owned())
    }

    /// True only for `true`, in any case.
    pub(super) fn boolean(&self, name: &str) -> bool {
        let Some(value) = self.text(name) else {
            return false;
        };
        let is_true = value.eq_ignore_ascii_case("true");
        if !is_true && !value.eq_ignore_ascii_case("false") {
            self.ignored(name, "neither `true` nor `false`");
        }
        is_true
    }

    fn number<T: std::str::FromStr>(&self, name: &str, what: &str) -> Option<T> {
        let number = self.text(name)?.parse().ok();
        if number.is_none() {
            self.ignored(name, what);
        }
        number
    }

    /// A number of things, which may be 0.
    pub(super) fn count(&self, name: &str) -> Option<u32> {
        self.number(name, "no whole number")
    }

    /// A number of things that cannot be 0.
    pub(super) fn size(&self, name: &str) -> Option<usize> {
        let size = self.number::<usize>(name, "no whole number")?;
        if size == 0 {
            self.ignored(name, "0, which leaves no room");
        }
        (size > 0).then_some(size)
    }

    pub(super) fn milliseconds(&self, name: &str) -> Option<Duration> {
        self.number(name, "no whole number of milliseconds")
            .map(Duration::from_millis)
    }

    /// A number from 0 to 1.
    pub(super) fn ratio(&self, name: &str) -> Option<f64> {
        let ratio = self.number::<f64>(name, "no number")?;
        let fits = (0.0..=1.0).contains(&ratio);
        if !fits {
            self.ignored(name, "not between 0 and 1");
        }
        fits.then_some(ratio)
    }

    /// One of these names, in any case.
    pub(super) fn one_of<T: Copy>(&self, name: &str, known: &[(&str, T)]) -> Option<T> {
        let value = self.text(name)?;
        let found = known
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(&value));
        if found.is_none() {
            let known: Vec<&str> = known.iter().map(|(known, _)| *known).collect();
            self.ignored(name, &format!("none of {}", known.join(", ")));
        }
        found.map(|(_, found)| *found)
    }
}
