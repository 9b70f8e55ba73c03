#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace attest::formats::import {

/// A value of a pickle, as its index among all of them.
using PickleId = std::uint32_t;

/// What a pickle says, as data: what Python would call or make is a record of whom it would call and with what.
struct PickleValue {
    enum class Kind {
        none,
        boolean,  ///< `integer` is 0 or 1
        integer,
        long_integer,  ///< beyond 64 bits: `text` holds its bytes, lowest first, in two's complement
        real,
        text,
        bytes,
        tuple,
        list,
        set,
        dict,
        global,  ///< `text` is its name, `torch._utils._rebuild_tensor_v2`
        record,  ///< `text` is the name of what would be called (a function or a class), `items` the tuple of arguments
        persistent  ///< `items` holds the one value that identifies something outside the pickle
    };

    Kind kind = Kind::none;
    std::int64_t integer = 0;
    double real = 0;
    std::string text{};
    std::vector<PickleId> items{};                         ///< of a tuple, list or set
    std::vector<std::pair<PickleId, PickleId>> entries{};  ///< dict, and what a record was given as one
    std::vector<PickleId> appended{};                      ///< to a record, as to a list
    std::vector<PickleId> state{};                         ///< of a record, by BUILD: none or one
};

/// All values of one pickle. They may share parts and hold each other.
struct Pickle {
    std::vector<PickleValue> values;
    PickleId root = 0;
    std::uint64_t end = 0;  ///< the byte behind it

    const PickleValue& at(PickleId id) const { return values[id]; }
    const PickleValue& top() const { return values[root]; }
    /// With what a record would be called.
    const std::vector<PickleId>& arguments(const PickleValue& record) const { return at(record.items[0]).items; }
    /// The value that a dict has under this text, if there is one; of several the last.
    const PickleValue* find(const PickleValue& dict, std::string_view key) const;
};

/// What a value is, for messages: `an object of posix.system`, `a dict of 3`, `the text "a"`.
std::string describe(const PickleValue& value);

/// Reads the pickle that begins at `at`. Nothing that it names is imported, called or made.
///
/// Gives   at most 10⁶ values
/// Throws  InputError at `where+OFFSET` for operations that torch.save does not use, by their name, and for what no
///         pickle may do: take from an empty stack, ask for what was never stored
/// Cost    O(bytes)
Pickle read_pickle(std::string_view bytes, const std::string& where, std::uint64_t at = 0);

}  // namespace attest::formats::import
