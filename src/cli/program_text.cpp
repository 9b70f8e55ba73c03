#include "program_text.hpp"

#include <fmt/format.h>

#include <array>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "base/quote.hpp"
#include "programs/brasp/program.hpp"
#include "programs/crasp/program.hpp"
#include "programs/rasp/program.hpp"

namespace attest::cli {

namespace {

using Lengths = std::pair<std::int64_t, std::int64_t>;

/// Tables grow with the lengths, so that there must be a greatest.
constexpr Lengths usual_rasp = {1, 8}, usual_crasp = {1, 16};

std::string spelled(const Lengths& lengths) { return fmt::format("{}..{}", lengths.first, lengths.second); }

/// What the wishes say, else the file, else what is usual.
Lengths lengths_of(const ProgramWishes& wishes, const std::optional<Lengths>& said, const Lengths& usual,
                   const char* how, ProgramText& text) {
    if (wishes.lengths) return *wishes.lengths;
    if (said) return *said;
    text.assumed.push_back({"lengths", spelled(usual), fmt::format("tables are for these lengths of words; {}", how)});
    return usual;
}

ProgramText read_rasp(const std::string& path, const std::string& source, const std::string& name,
                      const ProgramWishes& wishes, const base::Limits& limits) {
    namespace rasp = programs::rasp;
    ProgramText text;
    rasp::Program program = rasp::evaluate(
        source, path, wishes.output, [](const std::string& file) { return base::read_file(file); }, limits);
    const rasp::Directives& said = program.directives;
    rasp::Frame frame{wishes.alphabet.empty() ? said.alphabet : wishes.alphabet,
                      wishes.begin ? wishes.begin : said.begin,
                      wishes.end ? wishes.end : said.end,
                      {},
                      limits};
    if (frame.alphabet.empty())
        throw base::InputError(path, "an alphabet (--alphabet of attest import, or a line '#@ alphabet a b c')",
                               "none");
    const Lengths usual = {frame.begin || frame.end ? 0 : 1, usual_rasp.second};
    frame.lengths = lengths_of(wishes, said.lengths, usual, "--set lengths=A..B, or a line '#@ lengths A..B'", text);
    rasp::Reading reading{!(wishes.last ? *wishes.last : said.last.value_or(false)),
                          wishes.accept.empty() ? said.accept : wishes.accept};
    if (wishes.output.empty() && said.output.empty())
        text.assumed.push_back({"output", program.output_name, "the last s-operator of the file"});
    program.graph.name(program.output, program.output_name);
    rasp::Lowered lowered = rasp::lower(program.graph, program.output, frame, reading, name);
    for (const std::string& beyond : lowered.beyond)
        text.assumed.push_back({"values", "as said", beyond + "; the reference stops there"});
    text.program = std::move(lowered.program);
    text.ignored = std::move(program.ignored);
    text.loaded = std::move(program.loaded);
    return text;
}

void refuse(bool told, const char* what, std::string_view language) {
    if (told) throw base::UsageError(fmt::format("import: expected no {} for {}, found one", what, language));
}

}  // namespace

std::string_view language_of_text(std::string_view path) {
    for (const std::string_view language : {"rasp", "brasp", "crasp", "ltl", "foc"})
        if (path.ends_with(fmt::format(".{}", language))) return language;
    return {};
}

ProgramText read_program_text(const std::string& path, std::string_view language, const std::string& source,
                              const std::string& name, const ProgramWishes& wishes, const base::Limits& limits) {
    if (language == "rasp") return read_rasp(path, source, name, wishes, limits);
    refuse(!wishes.output.empty(), "output", language);
    refuse(!wishes.alphabet.empty(), "--alphabet", language);
    refuse(wishes.begin || wishes.end, "--begin and --end", language);
    refuse(!wishes.accept.empty(), "--accept", language);
    refuse(wishes.last.has_value(), "--read", language);
    ProgramText text;
    if (language == "brasp") {
        refuse(wishes.lengths.has_value(), "lengths", language);
        const programs::brasp::Program program = programs::brasp::parse(source, path);
        text.ignored = programs::brasp::unused(program);
        text.program = programs::brasp::as_program(program, name);
        return text;
    }
    if (language == "ltl" || language == "foc")
        throw base::Unsupported("a formula becomes a network, not a program over finite values");
    const programs::crasp::Program program = programs::crasp::parse(source, path);
    text.ignored = programs::crasp::unused(program);
    const Lengths lengths = lengths_of(wishes, {}, usual_crasp, "--set lengths=A..B of attest import", text);
    if (lengths.first == 0)
        throw base::UsageError("--set lengths: expected at least 1, since C-RASP reads the last symbol, found 0");
    text.program = programs::crasp::as_program(program, name, lengths, limits);
    return text;
}

}  // namespace attest::cli
