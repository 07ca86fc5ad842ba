use crate::wire::gemini::modality::{Modalities, sum};
use crate::wire::report::Report;
use crate::{InputTokens, OutputTokens};

/// The counts of either API, which differ in their names alone.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Counts {
    pub(crate) prompt: Option<u64>,
    /// What tools of the server put into the prompt.
    pub(crate) tool_use: Option<u64>,
    pub(crate) cached: Option<u64>,
    /// The output without thoughts.
    pub(crate) visible: Option<u64>,
    pub(crate) thoughts: Option<u64>,
    pub(crate) total: Option<u64>,
    pub(crate) prompt_details: Modalities,
    pub(crate) tool_use_details: Modalities,
    pub(crate) cached_details: Modalities,
    pub(crate) visible_details: Modalities,
}

impl Counts {
    /// By Gemini's rule, which the total follows: the prompt count includes cached tokens and leaves out
    /// what server tools add to the prompt, and the output count leaves out thoughts. Zeros are not
    /// always written, so beside a count of thoughts a missing one is zero.
    pub(crate) fn report(self) -> Option<Report> {
        let mut report = Report::new(
            InputTokens::CacheIncluded {
                total: sum(self.prompt, self.tool_use),
                cache_read: self.cached,
                cache_write: None,
            },
            OutputTokens::ReasoningOnTop {
                visible: self.visible.or(self.thoughts.map(|_| 0)),
                reasoning: self.thoughts,
            },
            self.total,
        );
        report.written.input_tokens = self.prompt;
        report.written.output_tokens = self.visible;
        let usage = &mut report.usage;
        usage.tool_use_input_tokens = self.tool_use;
        let input = self.prompt_details.and(self.tool_use_details);
        usage.text_input_tokens = input.text;
        usage.image_input_tokens = input.image;
        usage.audio_input_tokens = input.audio;
        let output = self.visible_details;
        usage.text_output_tokens = output.text;
        usage.image_output_tokens = output.image;
        usage.audio_output_tokens = output.audio;
        let cached = self.cached_details;
        usage.text_cache_read_input_tokens = cached.text;
        usage.image_cache_read_input_tokens = cached.image;
        usage.audio_cache_read_input_tokens = cached.audio;
        report.non_empty()
    }
}
