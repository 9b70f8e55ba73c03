#include "record/progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <optional>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/language/task.hpp"
#include "base/quote.hpp"
#include "base/text.hpp"
#include "command.hpp"
#include "number.hpp"
#include "report/progress_plot.hpp"
#include "studies.hpp"
#include "task_command.hpp"

namespace attest::cli {

namespace {

using progress::AdditionNetwork;
using progress::Measures;

/// `epoch00500-f16.safetensors` is of epoch 500.
std::optional<std::uint64_t> epoch_of(const std::string& file) {
    const std::string name = std::filesystem::path(file).stem().string();
    const std::size_t at = name.find("epoch");
    if (at == std::string::npos) return std::nullopt;
    std::uint64_t epoch = 0;
    const char* first = name.data() + at + 5;
    const auto [end, error] = std::from_chars(first, name.data() + name.size(), epoch);
    return error == std::errc() && end != first ? std::optional(epoch) : std::nullopt;
}

class ProgressCommand : public Command {
  public:
    std::string name() const override { return "progress"; }
    std::string summary() const override {
        return "How training came to add modulo p: restricted and excluded loss, Fourier features, and phases, by "
               "checkpoint";
    }
    std::vector<std::string> examples() const override {
        return {"attest progress grok.safetensors --task add:59 --train pairs.txt",
                "attest progress grok.safetensors --task add:59 --train pairs.txt --keys 8,21,26 --json"};
    }
    void declare(CLI::App& app) override {
        app.add_option("FILE", files_, "Checkpoints, or model files, in the order of training")->required();
        app.add_option("--task", task_, "add:P or sum-mod:P: the sum of two operands modulo P")
            ->required()
            ->type_name("T");
        app.add_option("--train", train_, "The pairs on which it was trained: two operands a line")
            ->required()
            ->type_name("FILE");
        app.add_option(
               "--keys", keys_,
               "The frequencies that it uses, e.g. 8,21,26 (default: those that carry a fiftieth of the variance of "
               "the last checkpoint's logits)")
            ->type_name("LIST");
        app.add_option("--plot", plot_, "Draw the measures, with the phases shaded (SVG)")->type_name("FILE");
    }

    int run(Session& session) override {
        const std::size_t modulus = modulus_of_task();
        const progress::Split split = progress::Split::parse(base::read_file(train_), train_, modulus);
        order_by_epoch();
        if (!plot_.empty() && files_.size() < 2)
            throw base::UsageError("--plot: expected two checkpoints or more, found one");
        std::vector<std::size_t> keys = parse_keys(modulus);
        if (keys.empty()) {
            const progress::Dense logits = network(session, files_.back(), modulus).logits();
            keys = progress::key_frequencies(logits, modulus);
        }
        record_.task = task_, record_.modulus = modulus;
        record_.train_pairs = split.train_count(), record_.test_pairs = split.size() - split.train_count();
        record_.keys.assign(keys.begin(), keys.end());
        for (const std::string& file : files_) {
            if (const auto limit = session.limits().exceeded()) {
                session.note(fmt::format("{} of {} checkpoints measured: {}", found_.size(), files_.size(),
                                         to_string(verdict::reason_of(*limit))));
                show(session);
                return undecided;
            }
            session.progress(fmt::format("[{}/{}] {}", found_.size() + 1, files_.size(), file));
            const AdditionNetwork net = network(session, file, modulus);
            found_.push_back(progress::measure(net, net.logits(), split, keys));
            record_.checkpoints.push_back(
                record::progress_checkpoint(std::filesystem::path(file).filename().string(), found_.back()));
            record_.checkpoints.back().epoch = epoch_of(file);
            session.draft([&] { show(session); });
        }
        find_phases();
        if (!plot_.empty()) base::write_file(plot_, report::draw_progress(*report::progress_plot(record_)).document());
        show(session);
        return success;
    }

  private:
    std::size_t modulus_of_task() const {
        const bool is_sum = task_.rfind("add:", 0) == 0 || task_.rfind("sum-mod:", 0) == 0;
        const std::size_t modulus =
            is_sum ? language::Task::usual_symbols("sum-mod:" + task_.substr(task_.find(':') + 1)).size() : 0;
        if (modulus < 3 || modulus % 2 == 0)
            throw base::UsageError(fmt::format(
                "--task: expected add:P or sum-mod:P for an odd P of at least 3, found {}", base::quoted(task_)));
        return modulus;
    }

    /// By epoch where all names have one, else as they are given.
    void order_by_epoch() {
        if (std::all_of(files_.begin(), files_.end(),
                        [](const std::string& file) { return epoch_of(file).has_value(); }))
            std::stable_sort(files_.begin(), files_.end(),
                             [](const std::string& a, const std::string& b) { return *epoch_of(a) < *epoch_of(b); });
    }

    std::vector<std::size_t> parse_keys(std::size_t modulus) const {
        std::vector<std::size_t> keys;
        for (std::size_t at = 0; !keys_.empty() && at <= keys_.size();) {
            const std::size_t comma = std::min(keys_.find(',', at), keys_.size());
            std::size_t key = 0;
            const auto [end, error] = std::from_chars(keys_.data() + at, keys_.data() + comma, key);
            if (error != std::errc() || end != keys_.data() + comma || key < 1 || 2 * key >= modulus)
                throw base::UsageError(fmt::format("--keys: expected frequencies from 1 to {}, found {}",
                                                   (modulus - 1) / 2, base::quoted(keys_)));
            keys.push_back(key);
            at = comma + 1;
        }
        std::sort(keys.begin(), keys.end());
        keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
        return keys;
    }

    /// What is assumed of one checkpoint is so of all: it is noted once.
    AdditionNetwork network(Session& session, const std::string& file, std::size_t modulus) {
        const bool quiet = session.options.quiet;
        session.options.quiet = quiet || noted_;
        noted_ = true;
        const formats::NetworkFile loaded = load_performer(session, file, "", fmt::format("sum-mod:{}", modulus));
        session.options.quiet = quiet;
        const auto* model = std::get_if<formats::ModelFile>(&loaded);
        if (model == nullptr) throw base::Unsupported("progress: it measures trained networks, not programs or tables");
        return {model->transformer, modulus};
    }

    std::string label(std::size_t k) const {
        const record::Progress::Checkpoint& at = record_.checkpoints[k];
        return at.epoch ? std::to_string(*at.epoch) : at.file;
    }

    void find_phases() {
        if (found_.size() < 2) return;
        for (const progress::Phase& phase : progress::phases(found_, record_.test_pairs))
            record_.phases.push_back({phase.name, label(phase.first), label(phase.last)});
    }

    void show(Session& session) {
        record_.seconds = session.seconds();
        session.print(text());
        session.print_json(record::write(record_));
    }

    std::string text() const {
        std::string keys;
        for (const std::uint64_t key : record_.keys) keys += (keys.empty() ? "" : ", ") + std::to_string(key);
        std::string text = fmt::format("PROGRESS of {} on {}: {} train, {} test pairs, key frequencies {}, {:.2f} s\n",
                                       base::counted(found_.size(), "checkpoint"), task_, record_.train_pairs,
                                       record_.test_pairs, keys.empty() ? "none" : keys, record_.seconds);
        text += fmt::format("  {:>12}  {:>9}  {:>9}  {:>6}  {:>10}  {:>9}  {:>8}  {:>8}  {:>9}  {:>9}\n", "checkpoint",
                            "train", "test", "right", "restricted", "excluded", "Gini W_E", "Gini W_L", "squares",
                            "margin");
        for (std::size_t k = 0; k < found_.size(); ++k) {
            const Measures& m = found_[k];
            text += fmt::format(
                "  {:>12}  {:>9.3e}  {:>9.3e}  {:>6}  {:>10.3e}  {:>9.3e}  {:>8.4f}  {:>8.4f}  {:>9.1f}  {:>9.4f}\n",
                base::printable(label(k), 40), m.train_loss, m.test_loss, m.right, m.restricted_test_loss,
                m.excluded_loss, m.gini_embedding, m.gini_neurons, m.squared_norm, m.margin);
        }
        for (const record::Progress::Phase& phase : record_.phases)
            text += fmt::format("  {:18} {} to {}\n", phase.name, base::printable(phase.from, 40),
                                base::printable(phase.to, 40));
        return text + "  in doubles, unchecked; attest accuracy --task proves the margins of one checkpoint\n";
    }

    std::vector<std::string> files_;
    std::string task_, train_, keys_, plot_;
    std::vector<Measures> found_;
    record::Progress record_;
    bool noted_ = false;
};

}  // namespace

std::unique_ptr<Command> make_progress() { return std::make_unique<ProgressCommand>(); }

}  // namespace attest::cli
