/// Declares an object of which the named keys are read. Derived implementations refuse duplicate
/// keys; here the last one wins, as it does in every JSON parser that the providers' own SDKs use.
macro_rules! object {
    ($(#[$doc:meta])* $name:ident<$de:lifetime> {
        $($(#[$field_doc:meta])* $field:ident: $type:ty = $key:literal,)*
    }) => {
        $(#[$doc])*
        #[derive(Debug, Default)]
        pub(crate) struct $name<$de> {
            $($(#[$field_doc])* pub(crate) $field: $type,)*
            pub(crate) lifetime: ::std::marker::PhantomData<&$de ()>,
        }

        impl<$de> $crate::wire::lenient::Lenient<$de> for $name<$de> {
            fn object<A: ::serde::de::MapAccess<$de>>(
                first: Option<$crate::wire::lenient::Key<$de>>,
                mut object: A,
            ) -> Result<Self, A::Error> {
                let mut this = Self::default();
                let mut next = first;
                while let Some(key) = next {
                    match key.as_str() {
                        $($key => this.$field = object.next_value()?,)*
                        _ => {
                            object.next_value::<::serde::de::IgnoredAny>()?;
                        }
                    }
                    next = object.next_key()?;
                }
                Ok(this)
            }
        }

        impl<$de> ::serde::de::Deserialize<$de> for $name<$de> {
            fn deserialize<D: ::serde::de::Deserializer<$de>>(d: D) -> Result<Self, D::Error> {
                $crate::wire::lenient::lenient(d)
            }
        }
    };
}

pub(crate) use object;
