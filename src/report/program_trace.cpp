#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "report/trace.hpp"

namespace attest::report {

namespace {

std::string row(const std::string& name, std::size_t width, const std::vector<std::string>& texts) {
    std::string line = fmt::format("    {:{}} ", name, width);
    for (const std::string& text : texts) line += " " + base::printable(text);
    return line + "\n";
}

}  // namespace

std::string trace_text(const network::Program& program, const language::Word& word, const network::ProgramTrace& trace,
                       const std::vector<std::string>& answers) {
    const std::string sequence = "sequence", answer = "answer";
    std::size_t width = sequence.size();
    for (const auto& variable : program.variables) width = std::max(width, variable.name.size());
    std::string text = row(sequence, width, program.sequence(word));
    for (std::size_t v = 0; v < program.variables.size(); ++v) {
        std::vector<std::string> values;
        for (const auto& value : trace.values[v]) values.push_back(network::text_of(value));
        text += row(base::printable(program.variables[v].name), width, values);
    }
    return text + row(answer, width, answers);
}

}  // namespace attest::report
