#include "programs/machines/names.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace attest::machines {

namespace {

bool has_control(const std::string& text) {
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

}  // namespace

bool is_tape_symbol(const std::string& text) {
    return !text.empty() && !has_control(text) && base::code_points(text, "symbol").size() == 1;
}

std::string fault_of_state(const std::string& name) {
    if (name.empty() || has_control(name)) return "the name of a state, not empty and without control characters";
    if (name.find(' ') != std::string::npos) return "the name of a state, without blanks";
    if (name.front() == '>' || name.front() == '|' || name.front() == '!')
        return "the name of a state that does not begin with >, | or !, as those of normal forms do";
    return "";
}

}  // namespace attest::machines
