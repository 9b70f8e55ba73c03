#include <fmt/format.h>

#include <filesystem>

#include "attest/base/file.hpp"
#include "certify/loops.hpp"
#include "certify/simulation.hpp"
#include "checker/checker.hpp"
#include "programs/machines/read.hpp"
#include "programs/machines/rounding.hpp"
#include "tables.hpp"
#include "timing.hpp"

// Machines as networks: steps a second of the machine, of the exact network beside it, whose cost grows with the number of
// steps, and of the network in floating point, which is followed without evaluating it; and certificates for all time.

namespace attest::benchmarks {

namespace {

constexpr std::size_t exact_steps = 400, rounded_steps = 20000, machine_steps = 1000000;

struct Subject {
    std::string name;
    machines::TuringMachine machine;
    std::string word;
};

std::vector<Subject> subjects() {
    std::vector<Subject> all;
    for (const char* text : {"1RB1LB_1LA1RH", "1RB1LC_1RC1RB_1RD0LE_1LA1LD_1RH0LA"})
        all.push_back({std::string("bb:") + text, machines::parse_busy_beaver(text), ""});
    machines::TuringMachine counter;
    counter.name = "increment for ever";
    counter.alphabet = {"0", "1"};
    counter.tape = {"#", "0", "1"};
    counter.states = {"right", "carry"};
    counter.accepting.resize(2);
    using Moves = std::vector<std::optional<machines::Move>>;
    using machines::Move;
    counter.moves = Moves{Move{1, 0, -1}, Move{0, 1, 1}, Move{0, 2, 1}, Move{0, 2, 1}, Move{0, 2, 1}, Move{1, 1, -1}};
    all.push_back({counter.name, counter, "1"});
    return all;
}

double rate(std::size_t steps, double spent) { return static_cast<double>(steps) / spent; }

/// The certificate for every word and time: seconds to make it, the check within, and to check it again.
std::pair<double, double> certify(const Subject& subject, const std::string& directory) {
    certify::SimulationSubject s{
        subject.machine, machines::write_turing(subject.machine), machines::normal_form(subject.machine), {}};
    s.network.network = machines::perez_network(s.normal);
    s.network.bytes = formats::write_seq2seq(s.network.network);
    const double made = best_of(1, [&] {
        certify::Archive archive{std::optional(directory)};
        if (!certify::decide_simulation(s, {}, {}, archive).verdict.holds() || !archive.finish())
            throw std::runtime_error("no certificate of " + subject.name);
    });
    const double checked = best_of(3, [&] {
        if (!checker::check(directory).accepted) throw std::runtime_error("a certificate is refused");
    });
    std::filesystem::remove_all(directory);
    return {made, checked};
}

}  // namespace

Table machines_table(const Settings& settings) {
    Table table(
        "machine", "machines as networks: steps a second, and certificates for every word and all time",
        {"machine", "dimension", "machine/s", "exact network/s", "binary64/s", "right for", "certificate", "check"});
    table.begin();
    for (const Subject& subject : subjects()) {
        const machines::NormalForm normal = machines::normal_form(subject.machine);
        const network::Seq2seq network = machines::perez_network(normal);
        const std::vector<std::string> word =
            subject.word.empty() ? std::vector<std::string>{} : std::vector{subject.word};
        const double alone = best_of(3, [&] {
            machines::TuringRun run(normal, normal.symbols_of(word));
            while (run.time() < machine_steps) run.step();
        });
        const double exact = best_of(1, [&] { (void)machines::compare(network, normal, word, exact_steps, {}); });
        machines::RoundedRun rounded;
        const double followed = best_of(1, [&] {
            rounded = machines::run_rounded(normal, normal.symbols_of(word), machines::binary64(), rounded_steps, {});
        });
        const auto [made, checked] = certify(subject, settings.directory + "/machine");
        table.add({text(subject.name), count(network.dimension), number(rate(machine_steps, alone)),
                   number(rate(exact_steps, exact)), number(rate(rounded.steps, followed)), count(rounded.steps),
                   seconds(made), seconds(checked)});
    }
    table.note(fmt::format("exact network: {} steps, whose scores are as many at each step as there were before",
                           exact_steps));
    return table;
}

}  // namespace attest::benchmarks
