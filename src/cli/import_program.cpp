#include "import_program.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/formats/file.hpp"
#include "base/digest.hpp"
#include "base/json_text.hpp"
#include "base/quote.hpp"
#include "base/text.hpp"
#include "formats/import/alta.hpp"
#include "formats/import/learned_program.hpp"
#include "formats/import/tracr.hpp"
#include "formats/program/write.hpp"
#include "lengths.hpp"
#include "program_text.hpp"
#include "programs/brasp/program.hpp"
#include "programs/crasp/program.hpp"
#include "programs/foc/program.hpp"
#include "programs/ltl/program.hpp"
#include "programs/position_free/network.hpp"

namespace attest::cli {

using formats::import::Imported;
using formats::import::Options;

namespace {

struct Program {
    std::string_view name, ending;  ///< an empty ending: told by --from, or by the document
    bool takes_options;             ///< --set, --read, --accept
    bool is_text;                   ///< of a language: --set as=program, lengths=A..B
    void (*read)(const std::string& text, const std::string& source, const Options& options, Imported& imported);
};

/// Numbers of a map that are not 0.
std::uint64_t parameters(const exact::AffineMap& map) {
    const auto nonzero = [](const exact::Rational& x) { return x != 0; };
    auto count = static_cast<std::uint64_t>(std::count_if(map.bias.begin(), map.bias.end(), nonzero));
    for (const auto& row : map.weight.rows) count += row.size();
    return count;
}
std::uint64_t parameters(const network::Layer& layer) {
    std::uint64_t count = 0;
    if (layer.attention)
        for (const network::Head& head : layer.attention->heads)
            count += parameters(head.value) + parameters(head.output) + (head.query ? parameters(*head.query) : 0) +
                     (head.key ? parameters(*head.key) : 0);
    if (layer.feedforward)
        for (const exact::AffineMap& map : layer.feedforward->maps) count += parameters(map);
    return count;
}

/// What a transformer says of itself.
void describe(network::Transformer transformer, const Options& options, Imported& imported) {
    transformer.name = options.name;
    imported.layers = transformer.layers.size();
    imported.dimension = transformer.dimension;
    imported.vocabulary = transformer.alphabet.size() + (transformer.begin ? 1 : 0) + (transformer.end ? 1 : 0);
    for (const network::Layer& layer : transformer.layers) {
        if (layer.attention) imported.heads += layer.attention->heads.size();
        imported.parameters += parameters(layer);
    }
    imported.document = formats::write_model(transformer);
    imported.version = imported.document.find("\"version\": 1,") != std::string::npos ? 1 : 2;
}

void read_brasp(const std::string& text, const std::string& source, const Options& options, Imported& imported) {
    const programs::brasp::Program program = programs::brasp::parse(text, source);
    imported.ignored = programs::brasp::unused(program);
    describe(programs::brasp::compile(program, {.memory_bytes = options.memory_bytes}), options, imported);
}

void read_crasp(const std::string& text, const std::string& source, const Options& options, Imported& imported) {
    const programs::crasp::Program program = programs::crasp::parse(text, source);
    imported.ignored = programs::crasp::unused(program);
    imported.assumed = {{"empty word", "outside", "C-RASP reads the last symbol of a word"}};
    describe(programs::crasp::compile(program, {.memory_bytes = options.memory_bytes}), options, imported);
}

/// What a compiler made, with where it came from.
void describe_compiled(network::Transformer transformer, const Options& options, Imported& imported) {
    nlohmann::ordered_json assumed = nlohmann::ordered_json::object();
    for (const auto& a : imported.assumed) assumed[a.key] = fmt::format("{}: {}", a.value, a.because);
    const nlohmann::ordered_json source{{"family", imported.family},
                                        {"file", imported.file},
                                        {"sha256", imported.sha256},
                                        {"assumed", std::move(assumed)}};
    transformer.source = base::json_text(source, -1, base::NotUtf8::replaced);
    imported.container = "attest/" + imported.family;
    if (transformer.max_length)
        imported.positions = static_cast<std::uint64_t>(transformer.sequence_length(*transformer.max_length));
    if (transformer.readout.classes) imported.classes = transformer.readout.classes->names;
    describe(std::move(transformer), options, imported);
}

void read_tracr(const std::string& text, const std::string& source, const Options& options, Imported& imported) {
    describe_compiled(formats::import::read_tracr(text, source, options, imported.assumed), options, imported);
}

/// What a program over finite values says of itself: selections, and entries of all tables.
void describe(const network::Program& p, Imported& imported) {
    imported.dimension = p.variables.size();
    imported.vocabulary = p.alphabet.size() + (p.begin ? 1 : 0) + (p.end ? 1 : 0);
    if (p.lengths) imported.positions = static_cast<std::uint64_t>(p.sequence_length(p.lengths->second));
    for (const network::Program::Variable& variable : p.variables) {
        if (const auto* attend = std::get_if<network::Program::Attend>(&variable.step)) {
            ++imported.heads;
            imported.parameters += attend->pairs.size();
        } else if (const auto* map = std::get_if<network::Program::Map>(&variable.step)) {
            imported.parameters += map->table.size();
        }
    }
    imported.document = formats::write_program(p);
}

void read_alta(const std::string& text, const std::string& source, const Options& options, Imported& imported) {
    if (std::find(options.set.begin(), options.set.end(), "as=program") == options.set.end())
        return describe_compiled(formats::import::read_alta(text, source, options, imported.assumed), options,
                                 imported);
    network::Program program = formats::import::read_alta_rules(text, source, options, imported.assumed);
    program.name = options.name;
    imported.container = "attest/alta";
    describe(program, imported);
}

void refuse(bool told, const std::string& option) {
    if (told) throw base::UsageError(fmt::format("import: expected no {} for a program, found one", option));
}

/// The table is where the Python says, or beside it.
std::string weights_path(const std::string& source, const std::string& said) {
    const std::filesystem::path beside =
        std::filesystem::path(source).parent_path() / std::filesystem::path(said).filename();
    return std::filesystem::exists(beside) || !std::filesystem::exists(said) ? beside.string() : said;
}

void read_learned(const std::string& text, const std::string& source, const Options& options, Imported& imported) {
    bool as_network = false;
    for (const std::string& set : options.set) {
        if (set != "closest=python" && set != "closest=network")
            throw base::UsageError(
                fmt::format("--set: expected closest=python or closest=network, found {}", base::quoted(set)));
        as_network = set == "closest=network";
    }
    refuse(!options.read.empty(), "--read");
    const formats::import::LearnedProgram program = formats::import::read_learned_program(text, source);
    const std::string path = weights_path(source, program.weights);
    const std::string table = base::read_file(path);
    const formats::import::LearnedWeights weights = formats::import::read_learned_weights(table, path);
    imported.assumed.push_back({"closest", as_network ? "network" : "python",
                                options.set.empty() ? "the rule of the file: the own position is as far as keys match "
                                                      "(the network that was trained takes it last)"
                                                    : "--set"});
    if (!program.says_what_it_sees)
        imported.assumed.push_back({"sees", "the whole word", "the file has no functions select and select_closest"});
    imported.container = "Python, " + std::filesystem::path(path).filename().string();
    imported.sha256 = base::sha256(base::sha256(text) + "\n" + base::sha256(table) + "\n");
    imported.classes = weights.classes;
    imported.vocabulary = weights.of("tokens").size();
    imported.positions = weights.of("positions").size();
    imported.dimension = program.variables.size() + 3;
    for (const auto& variable : program.variables)
        if (variable.kind != formats::import::LearnedVariable::Kind::map) ++imported.heads;
    for (const auto& row : weights.rows) imported.parameters += row.numbers.size();
    using formats::import::Closest;
    imported.document = formats::import::write_learned_program(
        program, weights, options.name, path, {as_network ? Closest::network : Closest::python, options.accept});
}

void read_ltl(const std::string& text, const std::string& source, const Options& options, Imported& imported) {
    const programs::ltl::Program program = programs::ltl::parse(text, source);
    imported.ignored = programs::ltl::unused(program);
    imported.assumed = {{"empty word", "read at position 0", "no symbol stands there, and no operator sees it"}};
    describe(programs::ltl::compile(program, {.memory_bytes = options.memory_bytes}), options, imported);
}

void read_foc(const std::string& text, const std::string& source, const Options& options, Imported& imported) {
    const programs::foc::Program program = programs::foc::parse(text, source);
    imported.ignored = programs::foc::unused(program);
    describe(programs::foc::compile(program, {.memory_bytes = options.memory_bytes}), options, imported);
}

void read_position_free(const std::string& text, const std::string& source, const Options& options,
                        Imported& imported) {
    namespace position_free = programs::position_free;
    imported.container = "JSON";
    describe(position_free::compile(position_free::parse(text, source), options.name), options, imported);
}

constexpr auto programs_read = std::to_array<Program>({
    {"rasp", ".rasp", true, true, nullptr},
    {"brasp", ".brasp", false, true, read_brasp},
    {"crasp", ".crasp", false, true, read_crasp},
    {"ltl", ".ltl", false, true, read_ltl},
    {"foc", ".foc", false, true, read_foc},
    {"position-free", "", false, false, read_position_free},
    {"tracr", "", true, false, read_tracr},
    {"alta", "", true, false, read_alta},
    {"transformer-program", ".py", true, false, read_learned},
});

/// What --set, --read and the others say of the text of a language; whether a program is wanted.
struct Wishes {
    ProgramWishes wishes;
    bool as_program = false;
};

std::pair<std::int64_t, std::int64_t> parse_range(const std::string& text) {
    const std::vector<std::int64_t> lengths = parse_lengths(text, "--set lengths");
    return {lengths.front(), lengths.back()};
}

/// A symbol, without a row in an embedding.
std::optional<std::string> marker(const std::string& text) {
    if (text.empty()) return std::nullopt;
    return text;
}

std::vector<std::string> split(const std::string& text, char at) {
    std::vector<std::string> parts;
    for (std::size_t from = 0; from <= text.size();) {
        const std::size_t end = std::min(text.find(at, from), text.size());
        if (end > from) parts.push_back(text.substr(from, end - from));
        from = end + 1;
    }
    return parts;
}

Wishes read_wishes(const Program& program, const Options& options) {
    const bool is_rasp = program.name == "rasp";
    Wishes found{{}, is_rasp};
    for (const std::string& set : options.set) {
        const std::size_t sign = set.find('=');
        const std::string key = set.substr(0, sign), value = sign == std::string::npos ? "" : set.substr(sign + 1);
        if (key == "lengths") found.wishes.lengths = parse_range(value);
        else if (key == "output" && is_rasp) found.wishes.output = value;
        else if (key == "as" && value == "program") found.as_program = true;
        else if (key != "as" || value != "model" || is_rasp)
            throw base::UsageError(fmt::format(
                "--set: expected {}, found {}",
                is_rasp ? "lengths=A..B or output=NAME" : "as=model, as=program or lengths=A..B", base::quoted(set)));
    }
    if (!found.as_program && found.wishes.lengths)
        throw base::UsageError("--set lengths: expected --set as=program with it, since a network is for all lengths");
    if (options.alphabet.find(' ') == std::string::npos && !options.alphabet.empty())
        found.wishes.alphabet = base::code_points(options.alphabet, "--alphabet");
    else found.wishes.alphabet = split(options.alphabet, ' ');
    found.wishes.begin = marker(options.begin);
    found.wishes.end = marker(options.end);
    found.wishes.accept = split(options.accept, ',');
    if (!options.read.empty() && options.read != "last" && options.read != "each")
        throw base::UsageError(fmt::format("--read: expected last or each, found {}", base::quoted(options.read)));
    if (!options.read.empty()) found.wishes.last = options.read == "last";
    return found;
}

void read_as_program(const Program& language, const std::string& text, const std::string& source,
                     const Options& options, const base::Limits& limits, const ProgramWishes& wishes,
                     Imported& imported) {
    ProgramText read = read_program_text(source, language.name, text, options.name, wishes, limits);
    for (const ProgramText::Assumed& a : read.assumed) imported.assumed.push_back({a.key, a.value, a.because});
    imported.ignored = read.ignored;
    std::string digests = base::sha256(text) + "\n";
    for (const std::string& loaded : read.loaded) digests += base::sha256(loaded) + "\n";
    if (!read.loaded.empty()) imported.sha256 = base::sha256(digests);
    describe(read.program, imported);
}

/// Variables: what they are made by, and of how many pairs or rows.
void list_variables(const nlohmann::json& variables, const std::string& family, formats::import::Listing& listing) {
    for (const auto& variable : variables) {
        std::string type = "constant", shape = "1", role = "the same at each position";
        if (variable.contains("input")) {
            type = "input";
            role = variable["input"] == "symbol" ? "the symbol" : "the position";
        } else if (variable.contains("attend")) {
            const auto& attend = variable["attend"];
            type = "attend";
            shape = base::counted(attend["pairs"].size(), "pair");
            role = fmt::format("{} of what is selected", attend["take"].get<std::string>());
        } else if (variable.contains("map")) {
            const auto& map = variable["map"];
            type = "map";
            shape = base::counted(map["table"].size(), "row");
            role = "a table of";
            for (const auto& of : map["of"]) role += " " + of.get<std::string>();
        }
        listing.tensors.push_back({variable["name"], type, shape, {{family, role}}});
    }
}

/// Heads and feed-forward parts of a network that was made of a program.
void list_parts(const nlohmann::json& layers, const std::string& family, formats::import::Listing& listing) {
    for (std::size_t l = 0; l < layers.size(); ++l) {
        if (layers[l].contains("attention")) {
            const auto& attention = layers[l]["attention"];
            for (std::size_t h = 0; h < attention["heads"].size(); ++h)
                listing.tensors.push_back({fmt::format("{}.{}", l + 1, h + 1),
                                           "head",
                                           "",
                                           {{family, attention["kind"].get<std::string>() + " attention"}}});
        }
        if (layers[l].contains("feedforward"))
            listing.tensors.push_back({fmt::format("{}.ff", l + 1),
                                       "maps",
                                       base::counted(layers[l]["feedforward"]["maps"].size(), "map"),
                                       {{family, "feed-forward part"}}});
    }
}

}  // namespace

std::optional<std::string> program_family(const std::string& source, const std::string& told) {
    for (const Program& program : programs_read)
        if (told.empty() ? !program.ending.empty() && source.ends_with(program.ending) : told == program.name)
            return std::string(program.name);
    if (told.empty() && source.ends_with(".json")) {
        const std::string beginning = base::read_beginning(source, 256);
        for (const char* own : {"attest/model", "attest/program", "attest/guhat"})
            if (beginning.find(fmt::format("\"{}\"", own)) != std::string::npos)
                throw base::InputError(source, "a checkpoint, or a program of another framework",
                                       fmt::format("{}, which every command reads as it is", own));
        return beginning.find("\"attest/alta\"") == std::string::npos ? "tracr" : "alta";
    }
    return std::nullopt;
}

std::vector<std::string> program_families() {
    std::vector<std::string> all;
    for (const Program& program : programs_read) all.emplace_back(program.name);
    return all;
}

Imported import_program(const std::string& source, const std::string& family, const Options& options,
                        const base::Limits& limits) {
    const auto is = [&](const Program& row) { return row.name == family; };
    const Program& program = *std::find_if(programs_read.begin(), programs_read.end(), is);
    for (const auto& [value, option] :
         {std::pair{&options.config, "--config"}, {&options.member, "--member"}, {&options.tokens, "--tokens"}})
        refuse(!value->empty(), option);
    const bool names_symbols = program.name == "rasp" || program.name == "alta";
    for (const auto& [value, option] :
         {std::pair{&options.alphabet, "--alphabet"}, {&options.begin, "--begin"}, {&options.end, "--end"}})
        refuse(!names_symbols && !value->empty(), option);
    refuse(!program.takes_options && !program.is_text && !options.set.empty(), "--set");
    refuse(!program.takes_options && !options.read.empty(), "--read");
    refuse(!program.takes_options && !options.accept.empty(), "--accept");
    const Wishes wishes = program.is_text ? read_wishes(program, options) : Wishes();
    const std::string text = base::read_file(source);
    Imported imported;
    imported.family = family;
    imported.container = "text";
    imported.file = std::filesystem::path(source).filename().string();
    imported.sha256 = base::sha256(text);
    try {
        if (wishes.as_program) read_as_program(program, text, source, options, limits, wishes.wishes, imported);
        else program.read(text, source, options, imported);
    } catch (const base::Unsupported& e) {
        throw base::InputError(source, e.what());
    }
    return imported;
}

formats::import::Listing list_program(const std::string& source, const std::string& family, const Options& options,
                                      const base::Limits& limits) {
    const Imported imported = import_program(source, family, options, limits);
    formats::import::Listing listing;
    listing.container = imported.container;
    listing.families = {imported.family};
    listing.ignored = imported.ignored;
    for (const auto& a : imported.assumed) listing.settings.push_back({a.key, a.value, a.because});
    const nlohmann::json document = base::document_of(imported.document);
    if (document.contains("variables")) list_variables(document["variables"], family, listing);
    else list_parts(document["layers"], family, listing);
    return listing;
}

}  // namespace attest::cli
