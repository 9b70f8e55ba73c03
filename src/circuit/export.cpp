#include "attest/circuit/export.hpp"

#include <fmt/format.h>

#include <array>

namespace attest::circuit {

namespace {

constexpr std::array<ExportFormat, 7> formats{{
    {".aag", "AIGER, ASCII", write_aiger_ascii},
    {".aig", "AIGER, binary", write_aiger_binary},
    {".cnf", "DIMACS", write_dimacs},
    {".dot", "Graphviz", write_dot},
    {".graphml", "GraphML", write_graphml},
    {".smt2", "SMT-LIB 2", write_smtlib},
    {".json", "JSON", write_json},
}};

const char* name(Origin::Role role) {
    switch (role) {
        case Origin::Role::none: return "";
        case Origin::Role::symbol: return "symbol";
        case Origin::Role::value: return "value";
        case Origin::Role::attends: return "attends";
        case Origin::Role::image: return "image";
        case Origin::Role::language: return "language";
        case Origin::Role::miter: return "miter";
    }
    return "";
}

}  // namespace

const ExportFormat* export_format(std::string_view path) {
    for (const ExportFormat& format : formats) {
        if (path.ends_with(format.ending)) return &format;
    }
    return nullptr;
}

std::string known_endings() {
    std::string list;
    for (const ExportFormat& format : formats) {
        if (!list.empty()) list += ", ";
        list += format.ending;
    }
    return list;
}

std::string describe(const Origin& origin) {
    std::string text = name(origin.role);
    const auto add = [&text](const char* what, std::int64_t number) {
        if (number >= 0) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", what, number);
    };
    add("layer", origin.layer);
    add("head", origin.head);
    add("position", origin.position);
    add("index", origin.index);
    return text;
}

}  // namespace attest::circuit
