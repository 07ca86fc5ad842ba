use std::error::Error;
use std::fmt;
use std::str::FromStr;

/// The part that one process plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the picture of the module says it")]
pub enum Role {
    Client,
    Gateway,
    Runtime,
    ToolsStdio,
    ToolsHttp,
    Worker,
    Writer,
}

impl Role {
    /// All of them, in the order in which a question meets them.
    pub const ALL: [Self; 7] = [
        Self::Client,
        Self::Gateway,
        Self::Runtime,
        Self::ToolsStdio,
        Self::ToolsHttp,
        Self::Worker,
        Self::Writer,
    ];

    /// `service.name`, which is also the argument that asks for the role.
    #[must_use]
    pub const fn service(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Gateway => "gateway",
            Self::Runtime => "runtime",
            Self::ToolsStdio => "tools-stdio",
            Self::ToolsHttp => "tools-http",
            Self::Worker => "worker",
            Self::Writer => "writer",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.service())
    }
}

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        let mut all = Self::ALL.into_iter();
        all.find(|role| role.service() == text)
            .ok_or_else(|| UnknownRole(text.to_owned()))
    }
}

/// A name that no role has.
#[derive(Debug)]
pub struct UnknownRole(String);

impl fmt::Display for UnknownRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = Role::ALL.map(Role::service).join(", ");
        write!(f, "there is no role {:?}; there are: {names}", self.0)
    }
}

impl Error for UnknownRole {}
