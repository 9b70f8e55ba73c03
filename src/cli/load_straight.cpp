#include "load_straight.hpp"

#include <filesystem>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "programs/brasp/cases.hpp"

namespace attest::cli {

namespace {

/// Networks of more heads or questions than that take longer to make than programs to follow.
constexpr std::size_t few_ways = 12, few_nodes = 2000;

}  // namespace

certify::StraightSubject load_straight(const std::string& operand, const std::string& language, const Map& map) {
    std::string text = base::read_file(operand);
    programs::brasp::Program program = programs::brasp::parse(text, operand);
    Meaning meaning = load_language(language, language::Alphabet(program.alphabet), map);
    return {std::filesystem::path(operand).stem().string(), std::move(text), std::move(program),
            std::move(meaning.language), map};
}

bool is_large(const programs::brasp::Program& program) try {
    std::size_t ways = 0;
    for (const programs::brasp::Definition& d : program.definitions)
        if (d.attends()) ways += programs::brasp::Cases(program, d).count();
    return ways > few_ways || program.nodes.size() > few_nodes;
} catch (const base::Unsupported&) {
    return false;  // an attention that is asked in too many ways to be followed
}

}  // namespace attest::cli
