#pragma once

#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "attention_arcs.hpp"
#include "attest/language/language.hpp"
#include "attest/model/file.hpp"
#include "attest/report/sources.hpp"

namespace attest::report {

/// The network and the language of an accepted certificate of the kind `recognises`, read from its files for drawings.
struct Subject {
    std::variant<model::Transformer, model::Guhat> network;
    language::Language language;
    std::vector<language::Symbol> meaning;  ///< language symbol by symbol of the network
    std::int64_t length = 0;

    /// What the network did on one word.
    struct Run {
        bool accepts = false;
        std::string score;  ///< how the answer was read; empty for tables
        Attention attention;
        std::string text;   ///< where each position looks, a line each
    };

    const language::Alphabet& alphabet() const;
    bool has_begin() const;
    /// Whether the language has the word that a word of the network's symbols stands for.
    bool contains(const language::Word& word) const;
    /// Whether the network accepts, for many words.
    std::function<bool(const language::Word&)> acceptor() const;
    Run run(const language::Word& word) const;
};

/// Nothing for certificates of other kinds.
/// Throws  InputError if the files are not what they were when the checker accepted them
std::optional<Subject> subject_of(const Certificate& certificate);

}  // namespace attest::report
