#pragma once

#include <string>
#include <vector>

#include "context.hpp"
#include "record/automaton.hpp"
#include "record/classify.hpp"

namespace attest::report {

// What several commands tell of a regular language: each as a drawing with a table beside it. Numbers that contradict each
// other are shown in the table only.

/// symbols: in the order of the automaton's columns
void write_automaton(Context& page, const record::Automaton& automaton, const std::vector<std::string>& symbols,
                     const std::string& language);
void write_cascade(Context& page, const record::Cascade& cascade, const std::string& language);
void write_classes(Context& page, const std::string& language, const std::vector<record::Classify::ClassRow>& rows);

}  // namespace attest::report
