/// How much of a streamed reply an [`OutputAccumulator`](super::OutputAccumulator) keeps.
///
/// ```
/// use agent_trace_llm::message::OutputLimits;
///
/// let mut limits = OutputLimits::default();
/// limits.part_bytes = 4096;
/// assert_eq!(limits.total_bytes, 1024 * 1024);
/// ```
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutputLimits {
    /// Bytes of all parts of all choices together, 1 MiB by default. Each part counts for 64 bytes
    /// besides its content.
    pub total_bytes: usize,
    /// Bytes of one part, 256 KiB by default: one text, the arguments of one call, one picture.
    pub part_bytes: usize,
}

impl Default for OutputLimits {
    fn default() -> Self {
        Self {
            total_bytes: 1024 * 1024,
            part_bytes: 256 * 1024,
        }
    }
}
