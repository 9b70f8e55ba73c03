#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "attest/formats/file.hpp"
#include "attest/language/language.hpp"
#include "network_run.hpp"
#include "report/sources.hpp"

namespace attest::report {

/// The network and the language of an accepted certificate of the kind `recognises`, read from its files for drawings.
struct Subject {
    Network network;
    language::Language language;
    std::vector<language::Symbol> meaning;  ///< language symbol by symbol of the network
    std::int64_t length = 0;

    const language::Alphabet& alphabet() const;
    bool has_begin() const;
    /// Whether the language has the word that a word of the network's symbols stands for.
    bool contains(const language::Word& word) const;
    /// Whether the network accepts, for many words; nothing where no precision tells.
    std::function<std::optional<bool>(const language::Word&)> acceptor() const;
};

/// Nothing for certificates of other kinds.
/// Throws  InputError if the files are not what they were when the checker accepted them
std::optional<Subject> subject_of(const Certificate& certificate);

}  // namespace attest::report
