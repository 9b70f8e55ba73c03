#pragma once

#include <string>

#include "attest/decide/restriction/outcome.hpp"
#include "attest/network/guhat.hpp"
#include "attest/network/program.hpp"
#include "attest/network/transformer.hpp"

namespace attest::report {

/// What a picture needs to know of a model, of tables or of a program.
struct Pictured {
    const std::string& name;
    const language::Alphabet& alphabet;
    bool begin, end;  ///< whether the sequence has such a symbol

    Pictured(const network::Transformer& t) : name(t.name), alphabet(t.alphabet), begin(t.begin), end(t.end) {}
    Pictured(const network::Guhat& tables)
        : name(tables.name), alphabet(tables.alphabet), begin(false), end(tables.end) {}
    Pictured(const network::Program& p) : name(p.name), alphabet(p.alphabet), begin(p.begin), end(p.end) {}
};

/// Positions by layers, for a terminal: what is fixed, and on how many free inputs each activation still depends.
std::string picture_text(const Pictured& model, const restriction::Outcome& outcome);

/// The same as a drawing.
std::string picture_svg(const Pictured& model, std::int64_t length, const restriction::Outcome& outcome);

}  // namespace attest::report
