#include "lines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <sstream>
#include <utility>
#include <variant>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/decide/induction/induction.hpp"
#include "attest/formats/file.hpp"
#include "base/digest.hpp"
#include "build/network.hpp"
#include "language/classify/depth.hpp"

namespace attest::atlas {

namespace {

using classify::Table;

std::string automaton_text(const Table& table) {
    std::string text;
    for (classify::State q = 0; q < table.states; ++q) {
        if (q > 0) text += '.';
        for (language::Symbol a = 0; a < table.letters; ++a) text += static_cast<char>('0' + table.at(q, a));
    }
    return text;
}

std::string accepting_text(std::uint32_t accepting) {
    std::string text;
    for (unsigned q = 0; q < 32; ++q)
        if ((accepting >> q & 1) != 0) text += static_cast<char>('0' + q);
    return text.empty() ? "-" : text;
}

/// The network that the cascade makes, and that it is right at all lengths.
void add_network(Line& line, const language::Dfa& automaton) {
    const build::Built built =
        build::build_network(automaton, line.automaton + "/" + line.accepting, build::Construction::cascade);
    for (const network::Layer& layer : built.transformer.layers) line.layers += layer.attention ? 1 : 0;
    line.width = built.transformer.dimension;
    line.digest = base::sha256(formats::write_model(built.transformer)).substr(0, 32);
    const auto answer = induction::language_of(built.transformer, {});
    const auto* const found = std::get_if<induction::ModelLanguage>(&answer);
    if (!found || found->automaton.transition != automaton.transition ||
        found->automaton.accepting != automaton.accepting)
        throw base::InternalError(
            fmt::format("the network for {} {} has another language", line.automaton, line.accepting));
    line.states = found->states;
}

/// Of the languages whose minimal automaton it is, by accepting states; of some tables none.
std::vector<Line> lines_of_table(const Table& table) {
    std::vector<Line> lines;
    const std::vector<std::uint32_t> minimal = classify::minimal_acceptance(table);
    if (minimal.empty()) return lines;
    const classify::Classification found = classify::classify(table);
    std::optional<classify::Depths> depths;
    constexpr std::size_t most = 20'000, most_with_positions = 2'000;
    if (found.modulus) depths.emplace(table, *found.modulus, *found.modulus == 1 ? most : most_with_positions);
    for (const std::uint32_t accepting : minimal) {
        Line line{automaton_text(table), accepting_text(accepting), found.in, found.modulus.value_or(0)};
        if (found.modulus) {
            const classify::Depths::Bounds bounds = depths->of(accepting);
            line.least = bounds.least;
            line.most = bounds.most;
            add_network(line, classify::automaton_of(table, accepting));
        }
        lines.push_back(std::move(line));
    }
    return lines;
}

constexpr std::size_t fields = 8;

template <typename Number>
Number number_of(const std::string& text, const std::string& where, int radix = 10) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, radix);
    if (error != std::errc() || end != text.data() + text.size()) throw base::InputError(where, "a number", text);
    return value;
}

}  // namespace

std::string heading() { return "automaton\taccepting\tclasses\tmodulus\tlayers\tnetwork\tstates\tdigest"; }

std::string spell(const Line& line) {
    unsigned bits = 0;
    for (std::size_t c = 0; c < classify::class_count; ++c) bits |= line.in.in[c] ? 1U << c : 0U;
    const std::string start = fmt::format("{}\t{}\t{:04x}\t", line.automaton, line.accepting, bits);
    if (line.modulus == 0) return start + "-\t-\t-\t-\t-";
    const std::string layers =
        line.least == line.most ? fmt::format("{}", line.least) : fmt::format("{}-{}", line.least, line.most);
    return start + fmt::format("{}\t{}\t{}x{}\t{}\t{}", line.modulus, layers, line.layers, line.width, line.states,
                               line.digest);
}

Line parse(const std::string& text, const std::string& where) {
    std::vector<std::string> parts;
    std::istringstream stream(text);
    for (std::string part; std::getline(stream, part, '\t');) parts.push_back(part);
    if (parts.size() != fields)
        throw base::InputError(where, fmt::format("{} fields", fields), fmt::format("{}", parts.size()));
    Line line;
    line.automaton = parts[0];
    line.accepting = parts[1];
    const auto bits = number_of<unsigned>(parts[2], where, 16);
    for (std::size_t c = 0; c < classify::class_count; ++c) line.in.in[c] = (bits >> c & 1) != 0;
    if (parts[3] == "-") return line;
    line.modulus = number_of<std::uint64_t>(parts[3], where);
    const std::size_t dash = parts[4].find('-'), cross = parts[5].find('x');
    if (cross == std::string::npos) throw base::InputError(where, "layers x width", parts[5]);
    line.least = number_of<std::size_t>(parts[4].substr(0, dash), where);
    line.most = dash == std::string::npos ? line.least : number_of<std::size_t>(parts[4].substr(dash + 1), where);
    line.layers = number_of<std::size_t>(parts[5].substr(0, cross), where);
    line.width = number_of<std::size_t>(parts[5].substr(cross + 1), where);
    line.states = number_of<std::uint64_t>(parts[6], where);
    line.digest = parts[7];
    return line;
}

std::vector<Line> lines_of(std::size_t states, std::size_t letters, const std::function<void(std::size_t)>& progress) {
    std::vector<Line> lines;
    for_each_table_of(states, letters, {}, [&](std::size_t, std::vector<Line> more) {
        std::move(more.begin(), more.end(), std::back_inserter(lines));
        if (progress) progress(lines.size());
    });
    return lines;
}

void for_each_table_of(std::size_t states, std::size_t letters, base::Share share,
                       const std::function<void(std::size_t table, std::vector<Line> lines)>& visit) {
    std::size_t table = 0;
    classify::for_each_table(states, letters, [&](const Table& next) {
        if (share.has(table)) visit(table, lines_of_table(next));
        ++table;
        return true;
    });
}

std::vector<Line> read_lines(const std::string& path) {
    std::istringstream stream(base::read_file(path));
    std::vector<Line> lines;
    std::string text;
    for (std::size_t k = 1; std::getline(stream, text); ++k)
        if (k > 1) lines.push_back(parse(text, fmt::format("{}:{}", path, k)));
        else if (text != heading()) throw base::InputError(path + ":1", heading(), text);
    return lines;
}

}  // namespace attest::atlas
