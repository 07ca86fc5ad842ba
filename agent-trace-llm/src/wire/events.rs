use crate::wire::read::Read;

/// An API's accumulator: how an adapter plugs in, whatever the framing.
pub(crate) trait Events {
    /// One event. The name is the SSE `event` field or the event or exception type of a frame,
    /// empty if there is none; the data is what it carries, mostly JSON.
    fn event(&mut self, name: &str, data: &[u8]);

    /// The body has ended. [`Read::complete`] says whether the events ended the reply.
    fn finish(self: Box<Self>) -> Read;
}
