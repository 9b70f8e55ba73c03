#include "subject.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <set>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/programs/zoo.hpp"
#include "base/quote.hpp"
#include "base/suggest.hpp"
#include "base/text.hpp"
#include "formats/program/write.hpp"
#include "load_counting.hpp"
#include "load_for_all_lengths.hpp"
#include "program_text.hpp"
#include "programs/brasp/program.hpp"
#include "programs/crasp/program.hpp"
#include "programs/foc/program.hpp"
#include "programs/ltl/program.hpp"
#include "programs/position_free/network.hpp"
#include "programs/zoo/zoo_programs.hpp"

namespace attest::cli {

namespace {

constexpr std::string_view prefix = "zoo:";

/// Files of other programs that people have where attest expects a model, and what to do with them.
struct OtherFormat {
    const char* ending;
    const char* what;
    const char* advice;
};

constexpr const char* tensors = "tensors, which do not say what is computed from them";
constexpr const char* save_tensors =
    "attest import makes a model file of it, if it is of a family that it knows; else save its tensors with "
    "safetensors.torch.save_file(state_dict, 'w.safetensors'), and name them in a model file: "
    "\"tensors\": \"w.safetensors\" (attest manual model-format)";
constexpr const char* name_tensors =
    "attest import makes a model file of it, if it is of a family that it knows; else name it in a model file, "
    "\"tensors\": \"FILE\", and each array there as {\"tensor\": \"NAME\"}";
constexpr const char* write_graph =
    "write its weights as safetensors, and name them in a model file: \"tensors\": \"w.safetensors\"";
constexpr std::array<OtherFormat, 7> other_formats = {{
    {".pt", "a PyTorch checkpoint, which holds tensors but not what is computed from them", save_tensors},
    {".pth", "a PyTorch checkpoint, which holds tensors but not what is computed from them", save_tensors},
    {".ckpt", "a PyTorch checkpoint, which holds tensors but not what is computed from them", save_tensors},
    {".bin", "a file of weights, which does not say what is computed from them", save_tensors},
    {".safetensors", tensors, name_tensors},
    {".onnx", "an ONNX graph", write_graph},
    {".npz", "NumPy arrays, which do not say what is computed from them", write_graph},
}};

/// Where a model is expected: a name of the zoo without its prefix, or a file of another program.
void refuse_other_operands(const std::string& operand) {
    std::error_code ignored;
    if (!std::filesystem::exists(operand, ignored)) {
        std::vector<std::string> names;
        for (const programs::ZooEntry& entry : programs::zoo())
            names.insert(names.end(), entry.examples.begin(), entry.examples.end());
        for (const programs::ZooProgram& program : programs::zoo_programs()) names.push_back(program.name);
        const std::vector<std::string> near = base::suggestions(operand, names);
        if (!near.empty())
            throw base::InputError(
                operand, "a model file or zoo:NAME",
                fmt::format("no file of this name; perhaps 'zoo:{}'", fmt::join(near, "' or 'zoo:")));
        return;
    }
    if (!std::filesystem::is_regular_file(operand, ignored)) return;
    for (const OtherFormat& format : other_formats) {
        if (std::filesystem::path(operand).extension() != format.ending) continue;
        if (std::ifstream(operand).peek() == '{' && format.what != tensors) return;  // whatever its name, this is JSON
        throw base::InputError(operand, "a model file (JSON)", fmt::format("{}; {}", format.what, format.advice));
    }
}

/// The text of a program as a program over finite values; what is not told in the text is as usual.
std::optional<formats::ProgramFile> read_text(const std::string& operand) {
    const std::string_view language = language_of_text(operand);
    if (language.empty() || language == "ltl" || language == "foc") return std::nullopt;  // a formula is a network
    const std::string name = std::filesystem::path(operand).stem().string();
    try {
        ProgramText text = read_program_text(operand, language, base::read_file(operand), name, {}, {});
        std::string bytes = formats::write_program(text.program);
        return formats::ProgramFile{std::move(text.program), std::move(bytes)};
    } catch (const base::Unsupported& e) {
        throw base::InputError(operand, e.what());
    }
}

formats::ModelFile as_model_file(network::Transformer t) {
    std::string bytes = formats::write_model(t);
    return {std::move(t), std::move(bytes), {}, {}};
}

/// A network without positions as `attest threshold` writes it.
std::optional<formats::ModelFile> compile_position_free(const std::string& operand) {
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(operand, ignored)) return std::nullopt;
    std::array<char, 128> beginning{};
    std::ifstream(operand).read(beginning.data(), beginning.size());
    namespace position_free = programs::position_free;
    if (!position_free::is_position_free({beginning.data(), beginning.size()})) return std::nullopt;
    return as_model_file(position_free::compile(position_free::parse(base::read_file(operand), operand),
                                                std::filesystem::path(operand).stem().string()));
}

/// The same as a network, for what asks for one.
std::optional<formats::ModelFile> compile_text(const std::string& operand) {
    const std::string_view language = language_of_text(operand);
    if (language.empty()) return compile_position_free(operand);
    if (language == "rasp")
        throw base::InputError(operand, "a network here, found a RASP program, which has no weights");
    const std::string text = base::read_file(operand);
    try {
        network::Transformer t = language == "brasp"   ? programs::brasp::compile(programs::brasp::parse(text, operand))
                                 : language == "crasp" ? programs::crasp::compile(programs::crasp::parse(text, operand))
                                 : language == "foc"   ? programs::foc::compile(programs::foc::parse(text, operand))
                                                       : programs::ltl::compile(programs::ltl::parse(text, operand));
        t.name = std::filesystem::path(operand).stem().string();
        return as_model_file(std::move(t));
    } catch (const base::Unsupported& e) {
        throw base::InputError(operand, e.what());
    }
}

}  // namespace

void declare_eps(CLI::App& app, std::string& eps) {
    app.add_option("--eps", eps, "The eps of every layer norm, in place of the model's own, e.g. 1e-5 or 0")
        ->type_name("NUMBER");
}

void change_eps(network::Transformer& transformer, const std::string& eps) {
    if (eps.empty()) return;
    const exact::Rational value = exact::parse_decimal(eps, "--eps");
    if (value < 0)
        throw base::UsageError(
            fmt::format("--eps: expected a number that is not negative, found '{}'", base::printable(eps)));
    set_norm_eps(transformer, value);
}

formats::ModelFile load_model(const std::string& operand, const std::string& eps) {
    if (!eps.empty()) {
        formats::ModelFile file = load_model(operand);
        change_eps(file.transformer, eps);
        return {file.transformer, formats::write_model(file.transformer), {}, {}};
    }
    if (!operand.starts_with(prefix)) {
        refuse_other_operands(operand);
        if (auto compiled = compile_text(operand)) return std::move(*compiled);
        return formats::read_model(operand);
    }
    if (programs::zoo_program(operand.substr(prefix.size())))
        throw base::InputError(operand, "a network here, found a program, which has no weights");
    network::Transformer transformer = programs::zoo_model(operand.substr(prefix.size()));
    std::string bytes = formats::write_model(transformer);
    return {std::move(transformer), std::move(bytes), {}, {}};
}

std::variant<formats::ModelFile, formats::GuhatFile> load_model_or_guhat(const std::string& operand,
                                                                         const std::string& eps) {
    if (operand.starts_with(prefix) || !eps.empty()) return load_model(operand, eps);
    refuse_other_operands(operand);
    if (auto compiled = compile_text(operand)) return std::move(*compiled);
    return formats::read_model_or_guhat(operand);
}

formats::NetworkFile load_network(const std::string& operand, const std::string& eps) {
    if (operand.starts_with(prefix) && eps.empty()) {
        if (auto program = programs::zoo_program(operand.substr(prefix.size()))) {
            std::string bytes = formats::write_program(*program);
            return formats::ProgramFile{std::move(*program), std::move(bytes)};
        }
    }
    if (operand.starts_with(prefix) || !eps.empty()) return load_model(operand, eps);
    refuse_other_operands(operand);
    if (auto program = read_text(operand)) return std::move(*program);
    if (auto compiled = compile_text(operand)) return std::move(*compiled);
    return formats::read_network(operand);
}

formats::ModelFile load_for_all_lengths(const std::string& operand, const std::string& eps) {
    if (!language_of_text(operand).empty()) return load_model(operand, eps);
    formats::NetworkFile file = load_network(operand, eps);
    if (auto* model = std::get_if<formats::ModelFile>(&file)) return std::move(*model);
    if (const auto* tables = std::get_if<formats::GuhatFile>(&file))
        throw base::Unsupported(
            fmt::format("{}: tables say nothing of words of other lengths than {}; give --length {}",
                        base::printable(operand), tables->guhat.length, tables->guhat.length));
    throw base::Unsupported(fmt::format(
        "{}: all lengths at once are proved of networks, not of programs over finite values; give --length a number",
        base::printable(operand)));
}

CountingText load_counting_text(const std::string& operand) {
    const std::string name =
        operand.starts_with(prefix) ? operand.substr(prefix.size()) : std::filesystem::path(operand).stem().string();
    std::string text = operand.starts_with(prefix) ? *programs::zoo_counting_text(name) : base::read_file(operand);
    programs::crasp::Program program = programs::crasp::parse(text, operand);
    return {name, std::move(text), std::move(program)};
}

certify::CountingSubject load_counting(const std::string& operand, const std::string& language, const Map& map) {
    CountingText read = load_counting_text(operand);
    Meaning meaning = load_language(language, language::Alphabet(read.program.alphabet), map);
    return {std::move(read.name), std::move(read.text), std::move(read.program), std::move(meaning.language), map};
}

bool is_counting(const std::string& operand) {
    if (operand.starts_with(prefix)) return programs::zoo_counting_text(operand.substr(prefix.size())).has_value();
    return language_of_text(operand) == "crasp";
}

void require_length(const network::Guhat& tables, const std::string& operand, std::int64_t length) {
    if (length != tables.length)
        throw base::UsageError(fmt::format("--length: expected {}, the length of the tables in {}, found {}",
                                           tables.length, base::printable(operand), length));
}

std::string title(const network::Transformer& transformer) { return base::named(transformer.name); }
std::string title(const network::Program& program) { return base::named(program.name); }
std::string title(const network::Guhat& tables) { return base::named(tables.name); }

Map parse_map(const std::string& text) {
    Map map;
    if (text.empty()) return map;
    const std::vector<std::string> points = base::code_points(text, "--map");
    const auto at = [&](std::size_t k) { return k < points.size() ? points[k] : std::string(); };
    for (std::size_t k = 0;;) {
        // A symbol may hold = and commas itself: it ends before the first = that one character and a comma follow.
        std::string symbol = at(k++);
        while (k < points.size() && !(at(k) == "=" && (k + 2 == points.size() || at(k + 2) == ","))) symbol += at(k++);
        if (symbol.empty() || k + 1 >= points.size())
            throw base::UsageError(
                fmt::format("--map: expected pairs such as a=0,b=1, found '{}'", base::printable(text)));
        map.emplace_back(std::move(symbol), at(k + 1));
        if (k + 2 == points.size()) return map;
        k += 3;
    }
}

Meaning load_language(const std::string& text, const language::Alphabet& model, const Map& map) {
    language::Alphabet over = model;
    if (!map.empty()) {
        // In order of code points, which for UTF-8 is the order of bytes.
        std::set<std::string> meanings;
        for (const auto& pair : map) meanings.insert(pair.second);
        over = language::Alphabet(std::vector<std::string>(meanings.begin(), meanings.end()));
    }
    language::Language language = language::Language::parse(text, over);
    std::vector<language::Symbol> symbols = relate(model, language.alphabet(), map);
    return {std::move(language), std::move(symbols)};
}

}  // namespace attest::cli
