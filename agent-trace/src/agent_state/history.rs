//! Which messages an agent has before it, without the messages.

use super::int;
use crate::CallHandle;
use crate::semconv::{attribute, event};
use opentelemetry::KeyValue;

impl CallHandle {
    /// The message history as it is now, by a digest, the number of messages and their size: the event
    /// `agent_trace.history`.
    ///
    /// The digest is the 128-bit FNV-1a of, for each message, its length in bytes as eight bytes
    /// (little-endian) and its bytes. It tells whether two calls had the same history, also across
    /// processes; it is no secret-keeper: a short message can be guessed from it. The messages are
    /// looked at only if the call is recorded.
    ///
    /// ```
    /// let messages = ["be brief", "why is the sky blue?"];
    /// agent_trace::current().history(messages);
    /// ```
    pub fn history<M: AsRef<[u8]>>(&self, messages: impl IntoIterator<Item = M>) -> &Self {
        if !self.is_recorded() {
            return self;
        }
        let mut digest = Fnv::new();
        let (mut count, mut size) = (0, 0_usize);
        for message in messages {
            let message = message.as_ref();
            count += 1;
            size = size.saturating_add(message.len());
            digest.write(&int(message.len()).to_le_bytes());
            digest.write(message);
        }
        let digest = format!("{:032x}", digest.0);
        self.tell(|told| told.history = Some(digest.clone()));
        self.event(
            event::AGENT_TRACE_HISTORY.name,
            [
                KeyValue::new(attribute::AGENT_TRACE_HISTORY_DIGEST, digest),
                KeyValue::new(attribute::AGENT_TRACE_HISTORY_MESSAGES, int(count)),
                KeyValue::new(attribute::AGENT_TRACE_HISTORY_SIZE, int(size)),
            ],
        )
    }
}

/// 128-bit FNV-1a: the same in every process and version, unlike the standard library's hashers.
struct Fnv(u128);

impl Fnv {
    const fn new() -> Self {
        Self(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d)
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 ^= u128::from(*byte);
            self.0 = self
                .0
                .wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Fnv;

    #[test]
    fn is_fnv_1a() {
        // From the published test vectors.
        for (text, digest) in [
            ("", 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d),
            ("a", 0xd228_cb69_6f1a_8caf_7891_2b70_4e4a_8964),
            ("foobar", 0x343e_1662_793c_64bf_6f0d_3597_ba44_6f18),
        ] {
            let mut fnv = Fnv::new();
            fnv.write(text.as_bytes());
            assert_eq!(fnv.0, digest, "{text}");
        }
    }
}
