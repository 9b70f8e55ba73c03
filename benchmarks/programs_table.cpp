#include <fmt/format.h>

#include <cmath>
#include <filesystem>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/certify/task.hpp"
#include "attest/compile/compile.hpp"
#include "brasp_families.hpp"
#include "checker/checker.hpp"
#include "program.hpp"
#include "programs/brasp/program.hpp"
#include "subject.hpp"
#include "tables.hpp"
#include "timing.hpp"

// Learned Transformer Programs on all words of a length, counted and checked, beside the Python in which they are published; and
// families of B-RASP programs, whose depth grows, from text to circuit.

namespace attest::benchmarks {

namespace {

struct Learned {
    const char* file;
    const char* task;
    std::int64_t length;
};
constexpr Learned learned[] = {{"mixed-reverse", "reverse", 6},     {"mixed-sort", "sort", 6},
                               {"mixed-hist", "hist", 7},           {"mixed-double_hist", "double-hist", 7},
                               {"mixed-most_freq", "most-freq", 7}, {"mixed-dyck1", "dyck-ptf:1", 15},
                               {"mixed-dyck2", "dyck-ptf:2", 10}};

language::Word word_of(const nlohmann::json& symbols, const language::Alphabet& alphabet) {
    language::Word word;
    for (const auto& symbol : symbols) word.push_back(alphabet.find(symbol.get<std::string>()).value());
    return word;
}

/// Seconds a word, and how often that is the whole of ours.
std::vector<Cell> beside(Table& table, const std::string& path, const Learned& of, const network::Program& program,
                         double words, double whole, double limit) {
    const Run rival = run_program(
        {"/usr/bin/python3", ATTEST_PROGRAMS_RIVAL, path, std::to_string(of.length), fmt::format("{}", limit / 4)},
        4 * limit);
    const auto found = rival.finished && rival.status == 0 ? nlohmann::json::parse(rival.output)
                                                           : nlohmann::json{{"missing", rival.output}};
    if (found.contains("missing")) {
        table.note(fmt::format("no rival: {}", found.at("missing").get<std::string>()));
        return {none(), none()};
    }
    for (const auto& entry : found.at("words"))
        if (entry[1].get<std::vector<std::string>>() != network::answers(program, word_of(entry[0], program.alphabet)))
            throw base::InternalError("Python answers otherwise: " + path);
    const double one = found.at("seconds");
    return {seconds(one), ratio(one * words / whole)};
}

void add_learned(Table& table, const std::string& path, const Learned& of, const Settings& settings) {
    const std::string bytes = base::read_file(path);
    const formats::ProgramFile file{formats::parse_program(bytes, path), bytes};
    const language::Task task = language::Task::parse(of.task, file.program.alphabet);
    task::Options options;
    options.count = true;
    task::Outcome outcome;
    const double proof = best_of(1, [&] {
        outcome = task::hold({file.program, task, of.length}, options, limits_for(0));
    });
    const std::string directory = fmt::format("{}/programs-{}", settings.directory, of.file);
    certify::Archive archive(directory);
    if (!certify::perform(certify::TaskSubject{file, task}, of.length, options, limits_for(0), archive)
             .verdict.holds() ||
        !archive.finish())
        throw base::InternalError("no certificate of " + path);
    const double check = best_of(1, [&] {
        if (!checker::check(directory).accepted) throw base::InternalError("the checker refuses " + path);
    });
    const double words = std::pow(static_cast<double>(file.program.alphabet.size()), static_cast<double>(of.length));
    std::vector<Cell> cells = {text(of.file),
                               count(static_cast<std::size_t>(of.length)),
                               count(static_cast<std::size_t>(words)),
                               count(outcome.wrong),
                               text(outcome.by == task::Method::prefixes ? "prefixes" : "words"),
                               seconds(proof),
                               seconds(check)};
    for (Cell& cell : beside(table, path, of, file.program, words, proof, settings.limit))
        cells.push_back(std::move(cell));
    table.add(std::move(cells));
}

/// The same, and no two `a` so far.
std::string no_two_a(std::size_t k) {
    const std::string text = y_depth(k);
    return text.substr(0, text.rfind("output")) +
           fmt::format(
               "before = rightmost(f0@j, true)\nagain = f0 & before\ntwice = rightmost(again@j, true)\n"
               "out = f{} & !again & !twice\noutput out\n",
               k);
}

/// No symbol stands after a greater one: all pairs of k symbols in one question.
std::string two_var(std::size_t k) {
    std::string text = "alphabet", bad;
    for (std::size_t a = 0; a < k; ++a) text += fmt::format(" s{}", a);
    text += "\n";
    for (std::size_t a = 0; a < k; ++a) text += fmt::format("f{0} = symbol s{0}\n", a);
    for (std::size_t a = 0; a < k; ++a)
        for (std::size_t b = 0; b < a; ++b) bad += fmt::format("{}f{}@i & f{}@j", bad.empty() ? "" : " | ", b, a);
    return text + fmt::format("worse = rightmost({0}, {0})\nout = !worse\noutput out\n", bad);
}

void add_family(Table& table, const char* name, std::size_t k, const std::string& program, std::int64_t length) {
    network::Transformer model;
    const double import = best_of(1, [&] { model = programs::brasp::compile(programs::brasp::parse(program, name)); });
    std::size_t gates = 0, held = 0;
    const double compiling = best_of(1, [&] {
        circuit::Builder builder(limits_for(0).memory_bytes);
        const compile::Inputs inputs(builder, model.alphabet, length);
        compile::Options options;
        options.form = compile::Form::compact;
        const auto made = compile_model(builder, inputs, model, options, limits_for(0));
        if (!std::holds_alternative<compile::CompiledModel>(made)) throw base::InternalError("no circuit");
        gates = builder.circuit().gate_count();
        held = builder.circuit().memory_bytes();
    });
    table.add({text(name), count(k), count(program.size()), count(model.layers.size()), count(model.dimension),
               seconds(import), count(static_cast<std::size_t>(length)), seconds(compiling), count(gates),
               bytes(held)});
}

}  // namespace

Table programs_table(const Settings& settings) {
    Table table("programs",
                "Learned Transformer Programs, all words of a length: mistakes "
                "counted, and checked, against the same programs in Python with pandas (one word at a time, answers "
                "compared)",
                {"program", "N", "words", "wrong", "by", "count", "check", "Python a word", "Python/count"});
    table.begin();
    for (const Learned& each : learned) {
        const std::string path = fmt::format("{}/transformer-programs/{}.json", ATTEST_SHARED_DATA, each.file);
        if (std::filesystem::exists(path)) add_learned(table, path, each, settings);
        else table.note(fmt::format("no {}", path));
    }
    table.note(
        "Python/count: the time that Python takes for all words, from those that it was given, over the count's");
    return table;
}

Table families_table(const Settings&) {
    Table table("families", "Families of B-RASP programs, from text to network and from that to a circuit",
                {"family", "k", "bytes", "layers", "dimension", "import", "N", "compile", "gates", "circuit"});
    table.begin();
    for (const std::size_t k : {800U, 1600U, 3200U}) add_family(table, "dot_depth", k, dot_depth(k), 10);
    for (const std::size_t k : {8000U, 16000U, 32000U}) add_family(table, "y_depth", k, y_depth(k), 10);
    for (const std::size_t k : {16000U, 32000U, 64000U}) add_family(table, "no2a", k, no_two_a(k), 10);
    for (const std::size_t k : {64U, 128U, 256U}) add_family(table, "two_var", k, two_var(k), 10);
    return table;
}

}  // namespace attest::benchmarks
