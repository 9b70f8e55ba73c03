#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "value.hpp"

namespace attest::programs::rasp {

/// Something that a program computes with before there is a word. Lists, dictionaries and functions are numbers of the machine.
struct Item {
    enum class Kind : std::uint8_t { integer, real, truth, text, list, dict, sop, selector, function, result };
    Kind kind = Kind::integer;
    Value value;           ///< of the first four
    std::uint32_t at = 0;  ///< of the others

    bool is_atom() const { return kind <= Kind::text; }
    bool is_integer() const { return kind == Kind::integer || kind == Kind::truth; }

    static Item number(std::int64_t n) { return {Kind::integer, exact::Rational(static_cast<long>(n)), 0}; }
    static Item truth(bool is) { return {Kind::truth, exact::Rational(is ? 1 : 0), 0}; }
    static Item of_text(std::string text) { return {Kind::text, std::move(text), 0}; }
    static Item of(Kind kind, std::uint32_t at) { return {kind, {}, at}; }
};

/// `a list`, `a selector`: as messages name it.
const char* name_of(Item::Kind kind);

/// Names and what they stand for; each knows the one around it.
struct Scope {
    std::uint32_t outer = 0;
    bool is_file = false;  ///< names of the library cannot be given anew
    std::map<std::string, Item> items;
};

/// A function, or what the language gives.
struct Function {
    static constexpr std::uint32_t selector_width = UINT32_MAX;
    std::uint32_t node = 0;   ///< its definition
    std::uint32_t scope = 0;  ///< in which it was defined
};

}  // namespace attest::programs::rasp
