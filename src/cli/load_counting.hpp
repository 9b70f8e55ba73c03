#pragma once

#include <string>

#include "certify/counting.hpp"
#include "subject.hpp"

namespace attest::cli {

/// Whether an operand names a C-RASP program: a text, or one of the zoo.
bool is_counting(const std::string& operand);

struct CountingText {
    std::string name, text;
    programs::crasp::Program program;
};

/// The text of a C-RASP program.
CountingText load_counting_text(const std::string& operand);

/// The text of a C-RASP program, and the language that it is asked about.
certify::CountingSubject load_counting(const std::string& operand, const std::string& language, const Map& map);

}  // namespace attest::cli
