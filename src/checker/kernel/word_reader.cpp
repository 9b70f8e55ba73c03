#include "checker/kernel/word_reader.hpp"

#include <algorithm>
#include <cstddef>

#include "checker/kernel/defect.hpp"
#include "checker/kernel/shown.hpp"

// Words, blanks and comments of the formats of formulas that are not ours.

namespace attest::checker {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

}  // namespace

bool WordReader::ends_word(char c) const { return is_blank(c) || c == signs_.mark; }

std::string_view WordReader::word() {
    skip();
    auto end = std::find_if(rest_.begin(), rest_.end(), [&](char c) { return ends_word(c); });
    if (end == rest_.begin() && end != rest_.end()) ++end;  // the mark
    const std::string_view text = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
    budget_.step(4 + text.size());
    rest_.remove_prefix(text.size());
    line_begins_ = false;
    return text;
}

/// Blanks and comments.
void WordReader::skip() {
    while (!rest_.empty()) {
        std::size_t skipped = 1;
        if (line_begins_ && rest_.front() == signs_.comment) skipped = std::min(rest_.find('\n'), rest_.size());
        else if (!is_blank(rest_.front())) return;
        else if (rest_.front() == '\n') ++line_, line_begins_ = true;
        budget_.step(skipped);
        rest_.remove_prefix(skipped);
    }
}

void WordReader::fail(const std::string& reason) const {
    throw Defect(file_ + " line " + std::to_string(line_), reason);
}

void WordReader::wrong(const std::string& what, std::string_view found) const {
    fail(what + " was expected, " + (found.empty() ? "the file ends" : quoted(found) + " was found"));
}

}  // namespace attest::checker
