#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"
#include "base/suggest.hpp"
#include "base/text.hpp"
#include "command.hpp"
#include "machine_file.hpp"
#include "machine_options.hpp"
#include "number.hpp"

namespace attest::cli {

namespace {

constexpr const char* champion = "bb:1RB1LC_1RC1RB_1RD0LE_1LA1LD_1RH0LA";

class MachineCommand : public Command {
  public:
    std::string name() const override { return "machine"; }
    std::string summary() const override {
        return "Turing machines and SUBLEQ programs as networks: run, export, prove (for ever, on every word), float";
    }
    std::vector<std::string> examples() const override {
        return {fmt::format("attest machine run {} --steps 50", champion),
                fmt::format("attest machine export {} -o network.json", champion),
                fmt::format("attest machine prove {} --all --certificate out/t", champion),
                fmt::format("attest machine float {} --format binary32 --steps 100", champion),
                "attest machine prove subleq:2,4:-1,0,3:2,1,0_1,0,1"};
    }
    void declare(CLI::App& app) override {
        app.add_option("ACTION", options_.action, "run, export (or compile), prove or float")->required();
        app.add_option("MACHINE", options_.machine,
                       "A file (attest/turing, attest/subleq, YAML of turingmachine.io), bb:TEXT or subleq:TEXT")
            ->required();
        declare_turing(app);
        declare_subleq(app);
        app.add_flag("--alone", options_.alone, "run: the machine without the network");
        app.add_flag("--trace", options_.trace, "run: a line for each time");
        app.add_option("--certificate", options_.directory, "prove: keep the certificate in this directory")
            ->type_name("DIR");
    }

    int run(Session& session) override {
        if (options_.action == "compile") options_.action = "export";  // the word of other commands
        const std::vector<std::string> actions = {"run", "export", "prove", "float"};
        if (std::find(actions.begin(), actions.end(), options_.action) == actions.end())
            throw base::UsageError(fmt::format("machine: expected run, export, prove or float, found '{}'{}",
                                               base::printable(options_.action),
                                               base::perhaps(options_.action, actions)));
        return is_subleq(options_.machine) ? run_subleq_action(session, options_)
                                           : run_turing_action(session, options_);
    }

  private:
    void declare_turing(CLI::App& app) {
        app.add_option("--word", options_.word, "What stands on the tape (default: nothing)")->type_name("WORD");
        app.add_option("--steps", options_.steps, "How many steps are taken (run: 100; float: 1000)")
            ->transform(within<std::uint64_t>(0, std::uint64_t{1} << 31))
            ->type_name("T");
        app.add_option("--length", options_.length, "prove: on all words of this length, for so many steps")
            ->transform(within<std::uint64_t>(0, 1000000))
            ->type_name("N");
        app.add_flag("--all", options_.all, "prove: on every word, for ever (default)");
        app.add_option("--network", options_.network,
                       "A network (attest/seq2seq) in the place of the one that is built")
            ->type_name("FILE");
        app.add_option("--format", options_.format, "float: binary32 (default) or binary64")
            ->check(CLI::IsMember({"binary32", "binary64"}))
            ->type_name("FORMAT");
        app.add_option("--accept", options_.accept, "States that accept, of a YAML file")->type_name("STATE");
        app.add_option("-o,--output", options_.output, "Where export writes the network (default: stdout)")
            ->type_name("FILE");
    }

    void declare_subleq(CLI::App& app) {
        app.add_option("--temperature", options_.temperature,
                       "Of a SUBLEQ network's softmax: prove (default: the least that is certified), run")
            ->type_name("NUMBER");
        app.add_option("--snap", options_.snap, "How far a SUBLEQ network's last layer pulls (default 1/4)")
            ->type_name("NUMBER");
        app.add_option("--loops", options_.loops, "How many loops a SUBLEQ program runs at most (default 1000)")
            ->transform(within<std::uint64_t>(1, 1000000))
            ->type_name("T");
    }

    MachineOptions options_;
};

}  // namespace

std::unique_ptr<Command> make_machine() { return std::make_unique<MachineCommand>(); }

}  // namespace attest::cli
