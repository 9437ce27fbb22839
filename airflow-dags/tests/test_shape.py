import pytest

DAGS = {
    "meterlake_alarms",
    "meterlake_daily",
    "meterlake_maintenance",
    "meterlake_monthly_settlement",
    "meterlake_resettlement",
}
WRITERS = {
    "utility.ingest",
    "utility.overdue",
    "build",
    "settle.draft",
    "settle.sign",
    "touched",
    "retention",
}


def test_every_dag_is_imported(bag):
    assert bag.import_errors == {}
    assert set(bag.dags) == DAGS


@pytest.mark.parametrize("dag_id", sorted(DAGS))
def test_every_dag_says_how_it_starts_and_whom_it_tells(bag, dag_id):
    dag = bag.dags[dag_id]
    assert dag.catchup is False
    assert dag.max_active_runs == 1
    assert dag.start_date.tzinfo is not None
    assert dag.doc_md
    for task in dag.tasks:
        assert task.on_failure_callback, task.task_id
        if task.task_id == "settle.approve":
            assert task.response_timeout
        else:
            assert task.execution_timeout, task.task_id


def test_what_writes_to_the_lake_runs_in_the_pool_of_one_slot(bag):
    pools = {task.task_id: task.pool for dag in bag.dags.values() for task in dag.tasks}
    assert {name for name, pool in pools.items() if pool == "meterlake_writer"} == WRITERS


def test_a_late_utility_holds_up_nobody_elses_and_fails_the_run(bag):
    dag = bag.dags["meterlake_daily"]
    assert dag.get_task("build").trigger_rule == "all_done"
    assert dag.get_task("complete").upstream_task_ids == {"build", "utility.ingest", "utility.overdue"}
    assert dag.get_task("complete").trigger_rule == "all_success"
    assert dag.get_task("utility.overdue").upstream_task_ids == set(), "what came since does not wait for today's file"


@pytest.mark.parametrize("task_id", ["gather", "dashboards"])
def test_what_follows_the_build_holds_up_nobody_and_fails_no_run(bag, task_id):
    dag = bag.dags["meterlake_daily"]
    task = dag.get_task(task_id)
    assert task.upstream_task_ids == {"build"}
    assert task.downstream_task_ids == set()
    assert task.pool == "default_pool"
    assert task.is_teardown
    assert not task.on_failure_fail_dagrun
    assert "complete" in [leaf.task_id for leaf in dag.leaves if not leaf.is_teardown]


def test_settlement_waits_for_published_data_and_for_a_person(bag):
    published = [asset.name for asset in bag.dags["meterlake_daily"].get_task("build").outlets]
    for dag_id in ("meterlake_monthly_settlement", "meterlake_resettlement"):
        dag = bag.dags[dag_id]
        assert [asset.name for asset in dag.timetable.asset_condition.objects] == published
        assert "settle.approve" in dag.get_task("settle.sign").upstream_task_ids
