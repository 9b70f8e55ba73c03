#include <fmt/format.h>

#include <filesystem>
#include <fstream>

#include "attest/base/error.hpp"
#include "attest/certify/every_length.hpp"
#include "attest/certify/recognition.hpp"
#include "attest/formats/file.hpp"
#include "attest/programs/zoo.hpp"
#include "build/network.hpp"
#include "certify/outside.hpp"
#include "checker/checker.hpp"
#include "decide/induction/parameters.hpp"
#include "decide/induction/product.hpp"
#include "decide/induction/sequential.hpp"
#include "program.hpp"
#include "tables.hpp"
#include "timing.hpp"

// Every length: networks built for brackets of bounded depth, whose machines have exponentially many states, by an invariant, by all
// pairs of states, and by the model checker ABC on the circuit with latches (without a certificate). And one length by the machine.

namespace attest::benchmarks {

namespace {

struct Subject {
    formats::ModelFile file;
    language::Language language;
};

Subject brackets(std::size_t depth) {
    const std::string text = fmt::format("nested:{}", depth);
    language::Language language = language::Language::parse(text, language::Alphabet({"a", "b"}));
    const build::Built built = build::build_network(certify::minimal_automaton(language), text, std::nullopt);
    const std::string bytes = formats::write_model(built.transformer);
    return {{formats::parse_model(bytes, text), bytes, "", ""}, std::move(language)};
}

struct Proved {
    double seconds = 0, check = 0;
    std::uint64_t pairs = 0;   ///< of states that were looked at, if they were
    std::uintmax_t proof = 0;  ///< bytes of all files but the model
};

/// From model to checked certificate.
Proved prove(const Subject& subject, induction::Way way, const std::string& directory) {
    Proved proved;
    proved.seconds = best_of(1, [&] {
        certify::Archive archive{std::optional(directory)};
        const certify::EveryLength result =
            certify::recognise_at_every_length({subject.file, subject.language, {}}, 0, {}, archive, {}, way);
        if (!result.verdict.holds() || !archive.finish({""})) throw base::InternalError("a network is not verified");
        if (result.outcome.closure() != nullptr) proved.pairs = result.outcome.closure()->states;
    });
    proved.check = best_of(1, [&] {
        if (!checker::check(directory).accepted) throw base::InternalError("a certificate is refused");
    });
    for (const auto& entry : std::filesystem::directory_iterator(directory))
        if (entry.path().filename() != "model.json") proved.proof += std::filesystem::file_size(entry.path());
    std::filesystem::remove_all(directory);
    return proved;
}

/// How many pairs of states of machine and automaton the search alone looks at in a second.
double pairs_a_second(const Subject& subject, std::uint64_t pairs) {
    const network::Transformer& model = subject.file.transformer;
    const language::Dfa& automaton = certify::minimal_automaton(subject.language);
    const double spent = best_of(3, [&] {
        const induction::Search found =
            induction::with_machine(model, [&](const auto& machine, const induction::Parameters&) {
                return induction::search(*machine, {model, automaton, {0, 1}}, {});
            });
        if (found.stopped || found.difference || found.pairs != pairs)
            throw base::InternalError("a search finds other pairs");
    });
    return static_cast<double>(pairs) / spent;
}

/// ABC's property directed reachability; it must say that the property holds.
Cell ask_pdr(const Subject& subject, const Settings& settings) {
    const std::string path = settings.directory + "/lengths.aig";
    {
        std::ofstream out(path, std::ios::binary);
        write_aiger_binary(induction::sequential_circuit(subject.file.transformer,
                                                         &certify::minimal_automaton(subject.language), {0, 1}, 0),
                           out);
    }
    const Run run = run_program({"berkeley-abc", "-q", "read_aiger " + path + "; strash; pdr"}, settings.limit);
    if (run.late || !run.finished) return more_than(settings.limit);
    if (run.output.find("Property proved") == std::string::npos)
        throw base::InternalError("berkeley-abc does not prove what is proved here: " + run.output);
    return seconds(run.seconds);
}

void add_length(Table& table, const char* model, const char* language, std::int64_t length,
                const std::string& directory) {
    const std::string bytes = formats::write_model(programs::zoo_model(model));
    const formats::ModelFile file{formats::parse_model(bytes, model), bytes, "", ""};
    const language::Language subject = language::Language::parse(language, file.transformer.alphabet);
    std::uint64_t states = 0;
    const double spent = best_of(1, [&] {
        certify::Archive archive{std::optional(directory)};
        const certify::Recognition r = certify::recognise_by_machine({file, subject, {}}, length, {}, {}, archive);
        if (!r.verdict.holds() || !r.closure || !archive.finish({""})) throw base::InternalError("not by a machine");
        states = r.closure->states;
    });
    const double check = best_of(1, [&] {
        if (!checker::check(directory).accepted) throw base::InternalError("a certificate is refused");
    });
    std::filesystem::remove_all(directory);
    table.add({text(fmt::format("{}, N = {}", model, length)), count(states), none(), none(), none(), seconds(spent),
               seconds(check), none(), none()});
}

}  // namespace

Table lengths_table(const Settings& settings) {
    Table table("lengths",
                "every length at once: networks built for brackets of bounded depth; then one length by the machine",
                {"subject", "pairs of states", "invariant", "check", "its files", "all pairs", "check",
                 "searched a second", "abc pdr"});
    table.begin();
    const std::string directory = settings.directory + "/lengths";
    bool asks = has_program("berkeley-abc");
    for (const std::size_t depth : {4U, 6U, 8U, 10U, 16U, 18U, 24U}) {
        const Subject subject = brackets(depth);
        const Proved invariant = prove(subject, induction::Way::invariant, directory);
        std::optional<Proved> closure;
        if (depth <= 18) closure = prove(subject, induction::Way::closure, directory);
        Cell rival = asks ? ask_pdr(subject, settings) : none();
        asks = asks && rival.text.find('>') == std::string::npos;
        table.add({text(fmt::format("nested:{}", depth)), closure ? count(closure->pairs) : none(),
                   seconds(invariant.seconds), seconds(invariant.check), bytes(invariant.proof),
                   closure ? seconds(closure->seconds) : none(), closure ? seconds(closure->check) : none(),
                   closure ? number(pairs_a_second(subject, closure->pairs)) : none(), std::move(rival)});
    }
    add_length(table, "dyck-2-depth-3", "dyck:2,3", 64, directory);
    add_length(table, "dyck-2-depth-3", "dyck:2,3", 1024, directory);
    table.note(
        "from model to checked certificate, and the check alone; searched a second: pairs of states, in the search "
        "alone; abc pdr: a bare answer about the circuit, whose making is not counted");
    return table;
}

}  // namespace attest::benchmarks
