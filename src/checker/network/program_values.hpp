#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "checker/core/cursor.hpp"
#include "checker/core/rational.hpp"
#include "checker/core/seeded_hash.hpp"
#include "checker/kernel/budget.hpp"

namespace attest::checker {

/// The values of a program, texts and rational numbers, each kept once: numbers of values that are equal stand for equal
/// values.
class ProgramValues {
  public:
    std::size_t text(const std::string& text, Budget& budget) { return keep({text, {}, false}, "t" + text, budget); }
    std::size_t number(const Rational& number, Budget& budget);
    std::size_t integer(long number, Budget& budget);

    bool is_number(std::size_t value) const { return values_[value].is_number; }
    /// Needs   a number
    const Rational& rational(std::size_t value) const { return values_[value].number; }
    /// The text, or the number as `3`, `-1/2`.
    const std::string& spelled(std::size_t value) const { return values_[value].text; }
    std::size_t size() const { return values_.size(); }

  private:
    struct Value {
        std::string text;
        Rational number;
        bool is_number;
    };
    std::size_t keep(Value value, const std::string& key, Budget& budget);

    std::vector<Value> values_;
    std::unordered_map<std::string, std::size_t, SeededHash> numbers_;
    std::unordered_map<long, std::size_t, SeededHash> integers_;
};

/// A value as a file writes it: a number, a text p/q that is a rational in lowest terms and no integer, another text.
std::size_t read_program_value(const Cursor& at, ProgramValues& values, Budget& budget);

/// Whether the text has the form p/q of a rational, so that it is no symbol of a program.
bool looks_rational(const std::string& text);

}  // namespace attest::checker
