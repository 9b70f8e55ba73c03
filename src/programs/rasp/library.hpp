#pragma once

#include <string_view>

namespace attest::programs::rasp {

/// What every program may use by name beside the words of the language: what the language's own library offers, in its text.
/// `length`, `full_s` and `selector_width` are given.
///
/// Source  the library's names and meanings: [weiss2021thinking]
inline constexpr std::string_view library = R"---(
def has_focus(selector_) { return selector_width(selector_) > 0; }
def count(seq, atom) { return selector_width(select(seq == atom, True, ==)); }
def contains(seq, atom) { return count(seq, atom) > 0; }
def max(a, b) { return a if a > b else b; }
def min(a, b) { return a if a < b else b; }
def average(seq) { return aggregate(full_s, seq); }
def load_from_location(seq, location) { return aggregate(select(indices, location, ==), seq); }
def shift(seq, n, filler) { return aggregate(select(indices + n, indices, ==), seq, filler); }
def mark_last_instance(seq, val) {
    later = select(seq, val, ==) and select(indices, indices, >);
    return seq == val and (not has_focus(later));
}
def mark_first_instance(seq, val) {
    earlier = select(seq, val, ==) and select(indices, indices, <);
    return seq == val and (not has_focus(earlier));
}
def select_from_last(seq, val) { return select(mark_last_instance(seq, val), True, ==); }
def select_from_first(seq, val) { return select(mark_first_instance(seq, val), True, ==); }
def sort(seq, key) {
    before = select(key, key, ==) and select(indices, indices, <) or select(key, key, <);
    return aggregate(select(selector_width(before), indices, ==), seq);
}
def select_next_identical(seq) {
    same = select(seq, seq, ==);
    earlier = selector_width(same and select(indices, indices, <));
    return same and select(earlier, earlier + 1, ==);
}
)---";

}  // namespace attest::programs::rasp
