#pragma once

#include "language/automaton_file.hpp"
#include "session.hpp"

namespace attest::cli {

/// Tells how the automaton file of a language was read, where that is more than its words.
inline void note_reading(const Session& session, const std::string& language) {
    for (const std::string& note : language::notes_on_reading(language)) session.note(note);
}

}  // namespace attest::cli
