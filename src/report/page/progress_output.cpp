#include <fmt/format.h>

#include "output_views.hpp"
#include "record/progress.hpp"
#include "report/progress_plot.hpp"

namespace attest::report {

namespace {

using record::Progress;
using Checkpoint = Progress::Checkpoint;

std::string progress_sentence(const Progress& progress) {
    std::string keys;
    for (const std::uint64_t key : progress.keys) keys += fmt::format("{}{}", keys.empty() ? "" : ", ", key);
    return fmt::format(
        "{} checkpoints of a network that adds modulo {}, trained on {} of {} pairs; key frequencies: {}. "
        "Computed in doubles, and not checked.",
        progress.checkpoints.size(), progress.modulus, progress.train_pairs, progress.train_pairs + progress.test_pairs,
        keys.empty() ? "none" : keys);
}

std::string named_checkpoint(const Checkpoint& checkpoint) {
    return checkpoint.epoch ? fmt::format("epoch {}", *checkpoint.epoch) : shown(checkpoint.file);
}

ColumnOf<Checkpoint> measure_column(double Checkpoint::*member, const std::string& heading) {
    return {heading, [member](const Checkpoint& c) { return fmt::format("{:.4g}", c.*member); }, true, {}};
}

}  // namespace

bool write_progress_output(Context& page, const base::Json& document) {
    const auto progress = record::read<Progress>(document);
    if (!progress) return false;
    page.html.leaf("p", progress_sentence(*progress));
    if (const auto plot = progress_plot(*progress))
        page.figure(draw_progress(*plot), plot->title +
                                              ": losses on a logarithmic axis, and what lies between 0 and 1, by "
                                              "checkpoint; the phases of training are shaded.");
    write_records<Progress::Phase>(page.html, "Phases of training", progress->phases,
                                   {column(&Progress::Phase::name, "Phase"), column(&Progress::Phase::from, "From"),
                                    column(&Progress::Phase::to, "To")});
    write_records<Checkpoint>(page.html, "Progress measures, checkpoint by checkpoint", progress->checkpoints,
                              {{"Checkpoint", named_checkpoint, false, {}},
                               measure_column(&Checkpoint::train_loss, "Train loss"),
                               measure_column(&Checkpoint::test_loss, "Test loss"),
                               column(&Checkpoint::right, "Right"),
                               measure_column(&Checkpoint::restricted_test_loss, "Restricted loss, test"),
                               measure_column(&Checkpoint::excluded_loss, "Excluded loss, train"),
                               measure_column(&Checkpoint::gini_embedding, "Gini of W_E"),
                               measure_column(&Checkpoint::gini_neurons, "Gini of W_L"),
                               measure_column(&Checkpoint::key_share, "Share of key frequencies"),
                               measure_column(&Checkpoint::squared_norm, "Σθ²"),
                               measure_column(&Checkpoint::margin, "Least margin")});
    return true;
}

}  // namespace attest::report
